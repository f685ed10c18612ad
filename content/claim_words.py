"""PURE. The words, English and Spanish, by which claims.py tells a sentence that needs a source. Parted by commas."""

import re

Words = dict[str, re.Pattern[str]]


def any_of(words: str) -> str:
    """One pattern of a list; each entry may be a pattern itself, broken after | where the line is full."""
    on_one_line = re.sub(r"(\(\?:|\|)\s*\n\s*", r"\1", words)
    entries = (" ".join(entry.split()) for entry in re.split(r",(?!\d)", on_one_line))
    return "(?:" + "|".join(entry for entry in entries if entry) + ")"


def anywhere(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_of(words)}(?!\w)", re.IGNORECASE)


# How many, how long, and what a study saw: a claim wherever it stands.
MEASURED: Words = {
    "en": anywhere(r"""
        (?:two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|fifty|a hundred|a few|
        several) (?:years?|months?|weeks?|days?|hours?|minutes?|people|patients|studies|trials|times|
        percent|of (?!these|them)), half of, twice as, a third of, a quarter of, percent, hundreds of,
        thousands of, (?:the )?majority, (?:most|few|fewer) (?:people|patients|adults|of),
        one person (?:in|had|died), no one in, %,
        in (?:one|a|two|this|that|another|the) (?:\w+ )?(?:trial|study|hospital), (?:trials?|stud(?:y|ies)|
        reviews?)(?: \w+){0,2}? (?:found|showed?|shows|saw|followed|compared|counted|stopped|ended),
        people in the \w+ (?:trial|study|group), was seen, \{\{medicare\}\}
    """),
    "es": anywhere(r"""
        (?:dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|veinte|cincuenta|cien|un[ao]s pocos?|
        un[ao]s|pocos?|pocas?|varios|varias) (?:pocas |pocos )?(?:años?|mes(?:es)?|semanas?|días|horas?|
        minutos?|personas?|pacientes|estudios|veces|de cada), la mitad de, el doble, un tercio,
        la cuarta parte, por ciento, cientos de, miles de, la mayoría, menos personas,
        una persona (?:del|tuvo|murió), nadie \w+ó, %,
        en (?:un|dos|este|ese|otro|el|los dos) (?:\w+ )?(?:estudios?|hospital),
        personas del (?:\w+ )?(?:estudio|grupo), (?:estudios?|revisi\w+)(?: \w+){0,2}? (?:hall\w+|mostr\w+|
        vi(?:o|eron)|sigui\w+|compar\w+|cont[óa]\w*|termin\w+), se (?:vio|vieron|halló), \{\{medicare\}\}
    """),
}

# Benefit, risk, comparison, coverage, and how common something is.
CLAIMED: Words = {
    "en": anywhere(r"""
        often, usually, rarely, rare, seldom, common(?! sense), commonly, frequent, frequently, on average,
        tends? to, likely, unlikely, the chance of, chances, with age, helps(?! (?:us|find)\b), helped,
        reliev\w+, relief, (?<!what )eases?, eased, easing, improv\w+, (?<!fit )better,
        (?:less|fewer|no more) (?:leg |back )?(?:pain|pills|trouble|symptoms), reduc(?:e|es|ed|ing),
        restor\w+, benefits?, works? (?:well|for), worked, gains?, lasts, lasted,
        (?:can|may|could|will|does) last, wears? off, MILD treats, prevents?, protects?, heals?, stronger,
        keeps? \w+ \w+ strong, risks?, risky, riskier, harms?, harmful, complications?, bled,
        side effects?, serious, danger\w*, died?, dies, death, (?:can|may|could|might|to) (?:also )?cause,
        causes (?:a|an|more|less|pain), caused, worsen\w*, flare, broke, slows?, slower, raises?,
        leaves?\b.{0,80} weak, loses? balance, more load, radiation, surgery later, (?<!more )than,
        more than (?!one\b|once\b), compare[sd] (?:with|to), unlike, versus, vs,
        the same (?:as|pain|result\w*), as (?!well|soon|long|much|far|needed)\w+ as, differs? from,
        instead of, both groups, the other group, takes longer, (?:higher|lower)(?! back),
        without treatment, medicare (?:pays?|covers?|adds?|says?|will|found|asks?), medicaid, covers?,
        covered, pays? (?:for|only), you owe, cleared, clearance, for approval, opens? the canal,
        anesthesia is
    """),
    "es": anywhere(r"""
        a menudo, muchas veces, por lo general, normalmente, rara vez, rar[oa]s?, (?<!sentido )común,
        comunes, frecuentes?, en promedio, suelen?, probables?, probablemente, probabilidad, con la edad,
        (?<!lo que )(?<!quien )(?:le|les) ayudan?(?! (?:lo suficiente|ahora)),
        (?<!nos )ayudan? a (?!decidir|preguntar|preparar)\w+,
        (?:MILD|no|también|siempre) ayudan?, ayudó, ayudaron,
        (?<!lo )alivi(?:a|an|ar|ó|aron|o), mejor(?:a|an|ó|aron|ía), mejor,
        menos (?:dolor|pastillas|problemas|síntomas), reduc\w+, baja el dolor, benefici\w+,
        funcionan? (?:bien|mejor|para), el efecto, MILD trata, quitar? el dolor, previenen?, protegen?,
        sanan?, mantiene, riesgos?, daña, dañan, dañar, hace daño, complicaci\w+, sangró,
        efectos? secundari\w+, graves?, peligr\w+, murió, murieron, muerte, muere,
        (?:puede|pueden) (?:también )?causar, causa (?:un|una|más|menos|dolor), causó, empeorar, rompieron,
        dejar un \w+ débil, retrasa, despacio, suben? (?:el|la), (?:puede|pueden) subir, aumentan?,
        radiación, perder el equilibrio, carga la, se engruesa, (?<!no )más \w+ que, menos \w+ que,
        (?:mejor|peor|mayor|menor|iguales|igual) que, a diferencia de, compar(?:a|an|ó) con, tan \w+ como,
        igual de, los dos grupos, (?:el|del) otro grupo, tarda más, más (?:alto|alta|bajo|baja|pequeñ[oa]),
        sin tratamiento, quita más, medicare (?:tradicional )?(?:paga|cubre|agrega|dice|pagará|halló|pide),
        medicaid, cubren?, pagan?, usted debe el, autorizad[oa]s? por, planes \w+ suelen, el canal se abre,
        no se usa anestesia
    """),
}

# At the start of a sentence: what the reader is to do, and what we ourselves do.
TELLS = {
    "en": any_of("""
        add, ask, avoid, be, bring, call, check, choose, come, cook, do, don't, drink, eat, find, follow,
        get, give, go, have, keep, know, learn, leave, let, look, make, mark, move, note, plan, print, put,
        read, remember, rest, say, see, send, share, show, sit, split, stop, take, talk, tell, think, try,
        use, wait, walk, watch, wear, write, compare
    """),
    "es": any_of(r"""
        acuda, añada, anote, avise, avísenos, baje, beba, busque, camine, coma, compare, confirme, conozca,
        dé, deje, descanse, deténgase, diga, díga\w+, elija, empiece, escriba, espere, evite, guarde, haga,
        imprima, intente, lea, llame\w*, lláme\w+, lleve, maneje, mantenga, marque, mire, mueva,
        muestre\w*, pare, pida\w*, piense, planee, ponga, pregunte\w*, pregúnt\w+, pruebe, recuerde, salga,
        sepa, siéntese, siga, tenga, tome, traiga, use, vaya, vea, venga, vuelva
    """),
}
BEFORE_TELLING = {
    "en": any_of("please, then, also, too, or, and, so, just, always, never"),
    "es": any_of("por favor, luego, también, o, y, así que, nunca, siempre, primero, no"),
}
CONDITION = {
    "en": r"(?:if|when|before|after|until|unless) [^,]+, ",
    "es": r"(?:si|cuando|antes de|después de|hasta que) [^,]+, ",
}
OURSELVES = {
    "en": any_of(r"""
        we, our (?:team|staff|clinic|front desk|office|doctors?|nurses?|own program|program|site|website),
        someone (?:from|on) our, your team, \{\{clinic\}\},
        th(?:is|ese) (?:page|site|website|list|check|notes)s?, the (?:short )?check
    """) + r"\b(?! (?:saw|help(?:ed)?|treat\w*|often)\b)",
    "es": any_of(r"""
        nosotros, nuestr[oa]s? (?!pacientes\b)\w+, alguien de nuestro, su equipo, \{\{clinic\}\},
        est[ae]s? (?:página|sitio|lista|revisión|notas), la revisión, (?:nos|les?) \w+mos,
        \w+(?:amos|emos|imos), le (?:diremos|llamaremos), nos pagan
    """),
}  # fmt: skip
# About the reader: what they feel or have, tell or see.
READER = {
    "en": any_of(r"""
        you (?:cannot|tell|see|choose|decide), you (?:have|had)(?! (?:less|more|fewer|better)),
        you (?:are|may be) (?:under|pregnant|or), you may (?:hear|read|see), it helps to (?:have|bring|write),
        you (?:hoped|had hoped),
        both legs, your (?:hands|legs|feet|spine)(?! will\b)
    """),
    "es": any_of(r"""
        (?:usted )?(?:no puede|cuenta|ve|elige|decide), (?:tiene|tuvo)(?! (?:menos (?!de)|más|mejor)),
        está (?:o puede|embarazada), (?:puede|tal vez) (?:oír|leer|ver|oiga|lea|vea)\b, esperaba,
        las dos piernas, sus (?:manos|piernas|pies)(?! (?:se|les|estarán|volverán)\b)
    """),
}

# Anywhere: what nobody knows, and what the reader or their doctor may choose.
UNKNOWN: Words = {
    "en": anywhere(r"""
        (?:no one|nobody) (?:knows|can),
        (?:we|they|it|studies|symptoms alone) (?:do not|does not|don't|cannot|can't) (?:know|say|tell|show),
        is not known, not checked here, we have not (?:found|checked),
        (?:found|read|know of) no (?:study|trial), we think,
        no (?:study|trial) (?:that )?we (?:found|read), the (?:first|only) \w+ that we found,
        may not fit you, is a (?:fair|real) choice
    """),
    "es": anywhere(r"""
        nadie (?:sabe|puede), no (?:sabemos|se sabe|lo sabemos|podemos|pueden? (?:decir|mostrar)|dicen?),
        aquí no, no (?:hemos )?(?:hallado|hallamos|revisado|comprobado|encontrado),
        ningún estudio que (?:hallamos|leímos), tal vez no le sirva, pensamos,
        es una (?:decisión válida|buena decisión|opción real)
    """),
}
FREE_TO: Words = {
    "en": anywhere(r"""
        you (?:can|may|could|might|must|should|do not have to|do not need to|will) (?:also |still |
        always )?(?:ask|bring|call|change|choose|go|keep|leave|look|plan|print|read|refuse|say|send|stop|
        take|talk|tell|think|want|write),
        your (?:own )?(?:doctor|clinician|team|plan|surgeon) (?:decides?|sets?|knows?|will|can),
        is (?:always )?your choice, your (?:present )?care helps
    """),
    "es": anywhere(r"""
        (?:usted )?(?:puede|podría|debe|tiene que|no tiene que) (?:también |siempre )?(?:cambiar|decidir|
        decir|dejar|elegir|escribir|hablar|imprimir|leer|llamar\w*|llevar|mandar|mirar|pedir|pensar|
        preguntar\w*|rechazar|traer),
        su (?:propio )?(?:médico|equipo|plan|cirujano) (?:decide|sabe|le|puede), es decisión suya
    """),
}
# In a list: "How long it lasts" asks, but "When it lasts, rest" tells.
INDIRECT: Words = {
    "en": re.compile(r"(?:whether|how|what|which|why|who|where)\b|when\b[^,]+$", re.IGNORECASE),
    "es": re.compile(
        r"(?:cómo|qué|cuál(?:es)?|cuánt\w+|por qué|cuándo|quién(?:es)?|dónde|cada cuánto)\b|si\b[^,]+$",
        re.IGNORECASE,
    ),
}
