"""What stands before or after a name: "my name is", "mi primo", "Mrs", "de la".

Small letters, without accents and apostrophes.
"""

from __future__ import annotations

from typing import Final


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Whatever follows is a name, also where it is an ordinary word.
HONORIFICS: Final = _set("mr mrs ms mister sr sra srta mx dona sor dr dra lic prof")
INTRODUCED: Final = frozenset(
    [
        *("my name is", "my names is", "name is", "the name is", "whose name is"),
        *("my name", "mi nombre", "nombre es", "his name", "her name", "su nombre"),
        *("me llamo", "me yamo", "se llama", "se llaman", "te llamas", "mellamo es"),
        *("i am called", "they call me", "call me", "me dicen", "me llaman"),
        *("a nombre de", "first name", "last name", "full name", "nombre completo"),
        *("my name was", "names are", "nombres son", "apellido es", "mi apellido"),
        *("my surname", "last name is", "surname is", "maiden name", "is named"),
    ]
)
# A word after these is a name where it is no ordinary one.
PEOPLE: Final = _set(
    """
brother brothers sister sisters mother father mom mum dad son sons daughter daughters
wife husband spouse cousin cousins uncle aunt auntie nephew niece friend friends
neighbor neighbour coworker boss roommate partner boyfriend girlfriend fiance fiancee
grandfather grandmother grandma grandpa baby kid child stepfather stepmother stepson
stepdaughter godfather godmother hermano hermana hermanos hermanas madre padre mami papi
mama papa hijo hija hijos hijas esposo esposa marido mujer primo prima primos tio tia
sobrino sobrina amigo amiga vecino vecina novio novia abuelo abuela suegro suegra cunado
cunada yerno nuera padrastro madrastra hijastro hijastra pareja companero companera
padrino madrina nieto nieta bebe ex jefe patron officer officers agent agents judge
sheriff deputy detective attorney lawyer doctor captain sergeant trooper oficial
oficiales agente agentes juez jueza abogado abogada licenciado licenciada lic capitan
sargento fiscal alguacil senor senora senorita pastor pastora reverend dr dra don
notario named called llamado llamada alias aka im am soy habla hi hello dear hola
estimado estimada attn sincerely atentamente saludos regards calle avenida client
cliente student alumno alumna patient paciente tenant man woman guy lady gentleman
hombre joven muchacho muchacha nino nina senores
"""
)
# Ends a name, or shows that after all no name was told.
NOT_AFTER_CUE: Final = _set(
    """
a an the and or but if so i im ive me my mine we our us you your he his him she her they
them their it its this that these those who whom what which when where why how because
was were is are isnt wasnt be been am not no dont did didnt do does have has had got get
can cant could would will wont should may need needs want wants know think live lives
lived work works worked came come went entered moved born in on at to from for with by
of as into about after before since until while during under without misspelled spelled
wrong different incorrect correct missing changed change said says told tell asked just
also too here there now today yesterday tomorrow back please thanks sir maam years old
year ago legal full first last only still already never husband wife brother sister
mother father son daughter cousin friend el la los las un una unos unas y e o u pero si
ni que quien cual cuando donde como porque por para con sin en al de del desde hasta
sobre entre yo mi mis tu su sus nos nosotros ellos ellas ella usted ustedes se lo le les
este esta esto ese esa eso estos estas soy eres es somos era eran fue fueron estoy
estamos estan estaba estuvo tengo tiene tenemos tienen tenia tuve tuvo ha han hemos
habia hay necesito necesita quiero quiere quisiera puedo puede pueden debo vivo vive
viven vivimos trabajo trabaja vengo vine vino llegue llego entro naci nacio mal escrito
incorrecto equivocado diferente distinto igual anos hace hoy ayer ya aqui alli ahora
solo tambien todavia aun gracias favor sr sra mr mrs dice dijo llamo formulario proceso
documento
"""
)
MAY_BE_NAMES: Final = _set("will may son sol mar")
# Between the parts of a name.
PARTICLES: Final = _set("de del la las los van von der da dos di el al bin")
# An unknown word at the start that does one of these is somebody.
PEOPLE_DO: Final = _set(
    """
was got has had went came needs wants lives lived works worked lost missed told called
left entered fue fueron tiene tenia quiere necesita vive vivia trabaja llego entro
perdio salio vino estaba murio cruzo dijo llamo
"""
)
# Never the family name of who stands before.
AFTER_NAMES: Final = _set(
    """
ice uscis cbp daca tps nypd dhs jail prison court county police sheriff january february
march april may june july august september october november december lunes martes enero
febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre i de
la el en y
"""
)
# "my husband choked me": in small letters a deed, not a name.
VERB_ENDINGS: Final = ("ed", "ing", "aron", "ieron", "ando", "iendo")
STREETS: Final = _set(
    "street avenue ave road rd boulevard blvd lane drive parkway terrace"
)
# Pairs that hold a name and mean none.
PROTECTED: Final = frozenset(
    [
        *("el salvador", "san salvador", "san francisco", "san antonio", "san diego"),
        *("san juan", "san jose", "santo domingo", "santa ana", "san luis"),
        *("elizabeth detention", "elizabeth nj", "elizabeth new", "elizabeth contract"),
        *("martin luther", "luther king", "terry stop", "laken riley", "riley act"),
        *("delaney hall", "union county", "new york", "new jersey", "morris county"),
        *("jesus christ", "notre dame", "mount sinai", "juan crow"),
    ]
)
