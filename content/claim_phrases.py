"""PURE. What a hopeful writer says without a number or the name of a harm: "you will walk again", "nothing goes wrong".

Most entries join two things that make a claim only together, such as a symptom and its end. Parted by commas.
"""

from content.claim_words import Words, anywhere

AILS = {
    "en": """(?:pains?|aches?|numbness|cramps?|tingling|weakness|symptoms?|discomfort|stiffness|complaints?|burning|
        sciatica|throbbing|suffering|squeeze|pressure on the nerves?)""",
    "es": """(?:dolor(?:es)?|molestias?|adormecimiento|calambres?|hormigueo|debilidad|síntomas?|malestar|rigidez|
        ardor|ciática|sufrimiento|presión (?:en|sobre) los nervios)""",
}
# What one longs to do. It promises after "will"; after "can" it does with "again" or the like behind it.
LONGED_FOR = {
    "en": """(?:walk(?! (?:in|into|to|you|out)\\b)|stand|sleep|garden|travel|dance|run|shop|cook|climb|hike|golf|
        move|live|recover|heal|improve|enjoy|return to|get back to|feel(?! (?:free|that)\\b)|throw away|be (?:active|free|
        well|fine|happy|glad|thankful|mobile|back|up|home|on your feet))""",
    "es": """(?:caminar(?! hasta)|andar|dormir|viajar|bailar|correr|cocinar|trabajar|moverse|vivir|recuperarse|
        sanar|disfrutar|volver a|jugar|hacer (?:las )?compras|pararse|sentirse|
        estar (?:de pie|activ[oa]|bien|sin)|(?:dejar|tirar) (?:el|su) (?:andador|bastón|carrito))""",
}
AS_BEFORE = {
    "en": "(?:again|without|once more|farther|further|longer|freely|like before|as before)",
    "es": "(?:otra vez|de nuevo|sin|como antes|más lejos|más tiempo|libremente)",
}
SOON = {
    "en": "(?:fast|quick|quickly|soon|right away|at once|instantly|overnight|in no time|easily|short|easy|simple)",
    "es": "(?:rápid[oa]|rápidamente|pronto|enseguida|al instante|de inmediato|fácilmente|cort[oa]|fácil|sencill[oa])",
}
THOSE = {
    "en": """(?:(?:our|other|many|most|some|all|older) )?(?:patients|people)|(?:almost |nearly )?(?:everyone|everybody)|
        nearly all|most""",
    "es": """(?:(?:nuestros|otros|muchos|los) )?pacientes|(?:la )?gente|muchas personas|casi (?:todos|nadie)|todos|
        todo el mundo""",
}
TREATED = {
    "en": "(?:nerves?|canal|spine|backs?|legs?|problem|cause|stenosis|narrowing)",
    "es": "(?:nervios?|canal|columna|espalda|piernas?|problema|causa|estenosis|estrechez)",
}

PHRASES: Words = {
    "en": anywhere(rf"""
        {AILS["en"]} (?:(?:in|on) \w+ \w+ )?(?:(?:will|may|can|could|might|do|does|did|is|are) )?(?:
            (?:not|never|often|soon|just|simply) )?(?:goes|go|going|gone|went|disappears?|vanish\w*|
            fades?|melts?|ends?|stops?|stays?|remains?|returns?|comes? back|lessens?|quits?|lifts?|over|
            history|behind you|turns? around|dies down|gets? (?:worse|milder|less)),
        (?:takes?|took|ends?|ended|stops?|stopped|removes?|removed|fixes|kills?|clears?|hides?|masks?|
            (?<!doctor )treats?|soothes?|calms?|get(?:s|ting)? rid of|says? goodbye to|frees? \w+ (?:of|
            from)) (?:\w+ ){{0,3}}{AILS["en"]},
        (?:frees?|fixes|repairs?|corrects?|releases?|unpinches|widens?|hides?|masks?|solves?|heals?|
            gives? room to) (?:up )?(?:the|your|a|this|pinched) (?:\w+ ){{0,2}}{TREATED["en"]},
        you(?:[’']ll|\s(?:will|are going to)) (?:(?:soon|again|also|then|even|finally|not|never|no longer|
            be able to) )*{LONGED_FOR["en"]},
        (?:no longer|never|not|won['’]t) need (?:surgery|an operation|(?:a|your|any|more|these|pain) (?:
            walker|cane|cart|wheelchair|pills|shots|medicines?|treatments?)),
        you can (?:(?:soon|again|finally|then) )*{LONGED_FOR["en"]}\b.{{0,80}} {AS_BEFORE["en"]},
        (?:your|the) (?:legs?|back|feet|nerves?|body|life) (?:will(?! be\b)|gets? |becomes? |recovers?|
            comes? back|(?:is|are|feels?) (?:lighter|freer|easier|like new)),
        (?:{THOSE["en"]}) (?:who had it |after MILD |then |soon |often |also |can |will |are |feel )*(?:
            loves?|walk|walking|sleeps?|dance|dancing|recovers?|goes? home|goes? back|gets? (?:back|up)|
            returns?|(?:is|are) (?:happy|glad|pleased|satisfied|thankful|back)|happy|glad|pleased|
            satisfied|relieved|does well|do well|raves?|enjoys?|thanks?|recommends?|swears?|complains?),
        nothing (?:\w+ )?(?:goes|go|went) wrong,
        nothing to (?:fear|lose),
        loses? nothing,
        there (?:is|are) (?:no|hardly any) (?:scars?|downsides?|problems?|trouble|stitches|surgery|
            recovery|downtime),
        leaves? (?:no|hardly a) (?:scars?|trace|marks?),
        no downtime,
        almost unheard of,
        never fails?,
        always works?,
        (?:toss|ditch|dump|drop|skip|throw away|put away|say goodbye to) (?:your|the) (?:cane|walker|cart|
            pills|wheelchair|brace),
        you(?:[’'](?:re|ll be)|\s(?:are|will be)) (?:soon |then |again )*(?:up|back|out and|home|mobile),
        (?:spine|back|bones?|muscles?|everything) (?:stays?|remains?|keeps) (?:\w+ )?(?:stable|strong|
            where|put|in place|intact|whole|untouched),
        regrets?,
        regretted,
        only (?:makes?|hides?|delays?|complicates?),
        (?:tiny|short|quick|small|fast) (?:recovery|scars?|cut|incision),
        not be a problem,
        nothing to worry,
        (?:surgeons|doctors|experts|specialists|hospitals) (?:\w+ )?(?:prefer|choose|turn|recommend|trust|
            agree|love|pick),
        (?:chase|play with|lift|pick up|carry|keep up with) (?:\w+ )?(?:grand\w+|kids),
        (?<!mean being )(?:free|freed) (?:of|from) (?:\w+ )?{AILS["en"]},
        without (?:\w+ )?{AILS["en"]},
        (?:your|their|a new|a normal|an active) life(?:\sback)?(?= again|\W*$),
        makes? (?:\w+ )?(?:walking|standing|sleep|life|it|movement) (?:\w+ )?(?:possible|easier|easy|
            harder|lighter),
        (?:walking|standing|life|sleep|sleeping|moving) (?:is|gets|becomes|grows|feels|will be) (?:
            \w+ )?(?:possible|easier|easy|lighter|longer),
        (?:healing|recovery|the procedure|MILD|surgery) (?:is|takes|goes|will be|becomes|seems) (?:
            \w+ )?(?:{SOON["en"]}|unnecessary|needless|a success),
        stops? working,
        stop(?:s|ped)? helping,
        (?:treatments?|shots?|pills?|medicines?|therapy|surgery|surgeries|injections?|it|they) (?:
            \w+ )?(?:fails?|failed),
        (?:it|they|the relief|the effect|the results?) (?:will )?(?:stays?|holds? up),
        harder to treat,
        within (?:a |an )?(?:few )?(?:minutes?|hours?|days?|weeks?|months?|years?),
        in (?:a|one) (?:week|month),
        on (?:your|their) feet (?:again|by),
        home (?:on )?the same day,
    """),
    "es": anywhere(rf"""
        {AILS["es"]} (?:(?:de|en) \w+ \w+ )?(?:no )?(?:(?:puede|pueden|suele|va a) )?(?:se (?:va|van|irá|
            fue|quita|pasa)|irse|desaparec\w+|cede|termina|acaba|sigue|siguen|seguir|vuelve|vuelven|
            volver\w*|cesa|disminuye|se apaga|se calma|se acaba|se acabó|baja|se queda),
        (?:quita|quitan|quitará|quitamos|elimina|eliminan|acaba con|termina con|detiene|borra|calma|calman|
            (?<!del dolor )trata|tapa|tapan|esconden?|adiós a|deja atrás|líbrese de|libera de) (?:(?:el|
            la|los|las|su|sus|ese|todo|un) ){{0,2}}{AILS["es"]},
        (?:libera|liberan|arregla|arreglan|corrige|repara|destapa|ensancha|descomprime|soluciona|tapan?|
            esconden?|da espacio a) (?:el|la|los|las|su|sus|un) (?:\w+ ){{0,2}}{TREATED["es"]},
        (?:se )?(?:caminará|andará|dormirá|viajará|bailará|correrá|vivirá|sanará|disfrutará|recuperará|
            mejorará|sentirá(?! que\b)|estará (?:de pie|bien|mejor|sin|libre|feliz|content[oa])|
            (?:volverá|vuelve) a (?!llamar|preguntar|venir|pensar)\w+),
        no volverán?,
        no sentirá,
        podrá (?:(?:también|luego|por fin|pronto|otra vez) )*{LONGED_FOR["es"]},
        puede (?:(?:pronto|otra vez|por fin) )*{LONGED_FOR["es"]}\b.{{0,80}} {AS_BEFORE["es"]},
        no (?:hace|hará) falta (?:una |la )?(?:operación|cirugía),
        (?:su|la) (?:espalda|cuerpo|vida) se lo agradecerá,
        (?:las|sus|los) (?:piernas|nervios|pies) (?:se recuperan|se recuperarán|vuelven|se liberan),
        (?:{THOSE["es"]}) (?:(?:luego|pronto|después|también|pueden|se|les) )*(?:encanta|aman?|caminan?|
            duermen?|bailan?|recuperan?|vuelven?|regresan?|van? a (?:su )?casa|quedan? (?:content|feli|
            satisf)\w+|están? (?:content|feli|satisf)\w+|mejora\w*|recomiendan?|agradecen?|disfrutan?|
            quejan?),
        vuelven? a (?:caminar|trabajar|su vida|bailar|viajar),
        nada (?:\w+ )?(?:sale|salir|saldrá|salió) mal,
        nada que (?:perder|temer),
        no pierde nada,
        (?:no deja|sin dejar) (?:\w+ )?(?:cicatri\w+|huellas?|marcas?|rastro),
        no hay (?:cicatri\w+|complica\w+|problemas?|cirugía),
        nunca falla,
        siempre (?:funciona|sirve),
        (?:tir(?:ar|ará|e|a)|olvide|bote|guarde) (?:el|su) (?:bastón|andador|carrito|corsé),
        se acab(?:ó|a|aron) (?:el|la|los|las) {AILS["es"]},
        (?:está|estará) (?:ya )?(?:levantad|activ|recuperad)[oa],
        ya está (?:de pie|levantad\w|caminando),
        (?:columna|espalda|huesos?|músculos?|todo) (?:se )?(?:queda|quedan|sigue|siguen) (?:\w+ )?(?:
            firme|estable|en su lugar|inta\w+|igual|fuerte),
        se (?:ha|han) arrepentido,
        se arrepient\w+,
        solo (?:complica|esconde|tapa|retrasa|empeora),
        (?:recuperación|corte|cicatriz|herida) (?:chic|cort|pequeñ|rápid)[oa],
        no (?:es|será) (?:un |ningún )?problema,
        nada de qué preocuparse,
        (?:cirujanos|médicos|expertos|hospitales) (?:\w+ )?(?:prefieren|eligen|recomiendan|confían),
        (?:corr\w+|jueg\w+|jugar|cargar|cargan) (?:con|a) (?:sus )?nietos,
        (?:fuerza|vida|movimiento) (?:le )?vuelve,
        (?:casi|toda|parte) (?:toda )?la banda (?:\w+ )?(?:se va|desaparece|sale),
        (?<!decir estar )sin (?:\w+ )?{AILS["es"]},
        libre de (?:\w+ )?{AILS["es"]},
        (?:devuelve|recupere|recupera|recuperará) (?:\w+ )?(?:vida|movilidad|libertad),
        como antes,
        hacen? (?:\w+ )?(?:posible|más (?:fácil|difícil)),
        (?:caminar|estar de pie|la vida|dormir|moverse) (?:se hace|es|resulta|será) (?:\w+ )?(?:más )?(?:
            fácil|posible|ligero),
        (?:la herida|el corte) (?:cierra|se cierra|sana),
        (?:recuperación|curación|MILD|procedimiento|cirugía) (?:es|será|resulta) (?:\w+ )?{SOON["es"]},
        (?:deja|dejan) de (?:servir|funcionar|ayudar),
        (?:tratamientos?|inyecciones|pastillas|medicinas?|terapia|cirugías?) (?:\w+ )?(?:falla|fallan|
            fallaron),
        (?:el alivio|el resultado) (?:\w+ )?(?:queda|dura|sigue),
        en (?:pocos|pocas|unos|unas|una) (?:minutos?|horas?|días?|semanas?|mes|meses),
        casa el mismo día,
    """),
}
