"""PURE. The words that patients type: those that tell nothing, and those that lead to a page by another name."""

# Little words stand everywhere and tell nothing, be it in a text or in a question.
LITTLE_WORDS = {
    "en": """a about after all also am an and any anyone are as at be been before being but by can cannot could
        did do does doing done for from get gets getting give go goes going had has have having he her here him his
        how i if in into is it its just know let like long look looking make many may me more most much must my
        need no not now of often ok on one or our out please really shall she should so some soon still such tell
        than thanks that the their them then there these they thing things this those to too until up us very want
        was we were what when where which while who whom whose why will with within without would you your yours
        m s t re ve ll d don doesn didn isn aren won""",
    "es": """a al algo algun alguna antes aqui asi aun bien cada como con cual cuales cuando cuanta cuantas cuanto
        cuantos de debe debo decir del desde despues dice donde dos el ella ellas ellos en entre era es esa ese eso
        esta estan estar este esto estoy fue gracias ha haber hace hacer han has hay he la las le les lo los
        luego mas me mi mis mucha mucho muchos muy necesito ni no nos o otra otro para pero por porque puede pueden
        puedo pues que quien quiere quiero saber se sea ser si sin sobre solo son soy su sus tambien tan te tener
        tengo tiene toda todo todos tras tu un una uno unos usted va van voy y ya yo""",
}
# All pages are about these: they count only when nothing else was asked.
EVERYWHERE = {"en": "mild procedure clinic", "es": "mild procedimiento clinica"}

# Page: the signs that lead to it. A question leads there when it holds all words of one sign, in any form.
ENGLISH = {
    "emergency": """numb, numbness, pee, urinate, bladder, bowel, 911, ambulance, emergency, suicide, chest pain,
        weak leg, foot drop, dragging foot, paralyzed""",
    "cost": """cost, price, pay, paid, bill, money, afford, expensive, fee, charge, deductible, copay, medicare,
        medicaid, insurance, coverage, covered, advantage plan""",
    "risks": "side effect, risk, danger, dangerous, safe, complication, harm, go wrong, death, die, infection",
    "contact": """phone, telephone, number, call you, reach, address, location, located, office, hours, fax,
        appointment, schedule, book, email, parking, directions""",
    "recovery": """drive, driving, recovery, recover, heal, shower, bath, lift, lifting, exercise, job, sports,
        return work, back work, home rest""",
    "day": """hurt, painful, awake, asleep, anesthesia, sedation, needle, stitches, take time, minutes, overnight,
        stay hospital""",
    "who": "candidate, qualify, eligible, suitable, age, old, right for me, fit me",
    "benefits": "work, helps, success, result, study, studies, trial, last, proof, evidence",
    "before": """aspirin, warfarin, eliquis, plavix, blood thinner, medicine, medication, pill, diabetes, insulin,
        fasting, eat, drink, prepare""",
    "visit": "bring, first visit, consultation, consult",
    "cause": "mri, scan, xray, x ray, ct, diagnosis, diagnosed, test",
    "compare": """alternative, choice, option, compare, surgery, laminectomy, spacer, fusion, shot, injection,
        steroid, epidural, cortisone, therapy, physiotherapy""",
    "fda": "fda, approved, cleared, history",
    "call": "fever, bleeding, swelling, redness, wound, drainage, headache",
    "if-not": "come back, pain back, pain returns, not work, stopped working, failed",
    "signs": "worse, warning sign",
    "support": "second opinion, specialist, support group, find doctor",
    "referring": "refer, referral, referring",
    "language-help": "interpreter, translator, language, spanish, deaf, wheelchair",
    "privacy": "private, privacy, personal data, cookie",
    "lss": "stenosis, claudication, leg pain, back pain, leg",
    "living": "walk, sleep, sad, depressed, mood, memory",
    "myths": "myth, true",
    "about": "team, staff, your doctor, mission",
    "glossary": "glossary, word, meaning, definition",
    "faq": "common question, faq",
    "ask": "question, ask",
    "accessibility": "blind, accessibility, screen reader",
    "mild": "mild, procedure, minimally invasive",
}
SPANISH = {
    "emergency": """adormecido, adormecida, adormecimiento, entumecido, entumecimiento, dormidas, orinar, vejiga,
        intestino, 911, ambulancia, emergencia, suicidio, dolor pecho, pierna debil, paralizado""",
    "cost": """costo, costar, cuesta, cuestan, precio, pagar, paga, pago, cobran, caro, dinero, vale, medicare,
        medicaid, seguro, aseguranza, cobertura, cubre, deducible""",
    "risks": """efecto secundario, riesgo, peligro, peligroso, complicacion, dano, salir mal, morir, muerte,
        infeccion""",
    "contact": """telefono, numero, llamar, llamarles, direccion, ubicacion, oficina, horario, abren, abierto, fax,
        cita, correo, estacionamiento, llegar""",
    "recovery": """manejar, manejo, conducir, recuperacion, recuperar, banar, banarme, ducha, levantar, ejercicio,
        trabajar, trabajo, deporte""",
    "day": """duele, doler, doloroso, despierto, dormido, anestesia, sedacion, aguja, puntos, tarda, minutos,
        noche hospital""",
    "who": "candidato, candidata, califico, edad, sirve, apto",
    "benefits": "funciona, ayuda, resultado, exito, estudio, dura, prueba cientifica",
    "before": """aspirina, warfarina, anticoagulante, medicina, medicamento, pastilla, diabetes, insulina, comer,
        beber, ayuno, ayunas, preparar, prepararme""",
    "visit": "traer, primera visita, primera consulta, consulta",
    "cause": "resonancia, tomografia, radiografia, examen, diagnostico",
    "compare": """alternativa, opcion, comparar, cirugia, operacion, operar, laminectomia, espaciador, fusion,
        inyeccion, esteroide, epidural, cortisona, terapia, fisioterapia""",
    "fda": "fda, aprobado, aprobada, historia",
    "call": "fiebre, sangra, sangrado, hinchazon, hinchado, herida",
    "if-not": "dolor vuelve, vuelve, dolor regresa, no funciona, fallo",
    "signs": "peor, empeora, senal aviso",
    "support": "segunda opinion, especialista, grupo apoyo, encontrar medico",
    "referring": "referir, remitir, referido, mandar paciente",
    "language-help": "interprete, traductor, idioma, ingles, sordo, silla ruedas",
    "privacy": "privacidad, privado, datos, cookie",
    "lss": "estenosis, claudicacion, pierna, dolor espalda, dolor piernas",
    "living": "caminar, camino, dormir, triste, deprimido, animo, memoria",
    "myths": "mito, cierto, verdad",
    "about": "equipo, doctores, su medico, quienes son",
    "glossary": "glosario, palabra, significa, definicion",
    "faq": "preguntas comunes, preguntas frecuentes",
    "ask": "pregunta, preguntar",
    "accessibility": "ciego, accesibilidad, lector pantalla",
    "mild": "mild, procedimiento",
}
LEADS = {"en": ENGLISH, "es": SPANISH}
