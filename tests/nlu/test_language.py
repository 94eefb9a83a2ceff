"""A message's language is told from its words: short, unaccented, mixed or foreign."""

from __future__ import annotations

import json

import pytest

from bot.nlu.language import LanguageModel

ENGLISH = {
    "question": "how much does mandamus cost",
    "no_capitals_no_marks": "can ice come into my house without a warrant",
    "told_not_asked": "my husband was arrested at work",
    "two_words": "free lawyer",
    "two_words_asking": "who pays",
    "courtesy": "thank you",
    "texting": "can u help",
    "with_a_spanish_name": "where do they hold Jose Garcia",
    "with_a_spanish_county": "el paso county 287g",
    "with_a_spanish_town": "los angeles police and ice",
}
SPANISH = {
    "question": "¿Cuánto cuesta el mandamus?",
    "no_accents": "que es una detencion",
    "no_accents_long": "cuanto tiempo lo pueden tener en la carcel",
    "capitals": "CUALES SON MIS DERECHOS",
    "told_not_asked": "agarraron a mi esposo",
    "two_words": "abogado gratis",
    "two_words_accented": "qué hago",
    "fear": "tengo miedo",
    "only_the_mark_tells": "¿detainer?",
    "only_the_letter_tells": "señor",
    "english_term_inside": "que es un detainer",
    "with_a_spanish_town": "hay acuerdo en los angeles",
    "county_in_spanish": "vivo en el condado de el paso",
}
SPANGLISH = {
    "mostly_spanish": ("my esposo got arrested by la migra que hago", "es"),
    "half_and_half": ("mi hermano is in jail, como lo encuentro", "es"),
    "code_inside_question": ("can la policia ask me for mis papeles", "es"),
}
FOREIGN = {
    "french": "je ne sais pas quoi faire avec la police",
    "french_accented": "bonjour, est-ce que vous pouvez m'aider avec mon dossier",
    "portuguese": "meu marido foi preso pela imigração o que eu faço",
    "portuguese_short": "não sei o que fazer, a polícia levou meu irmão",
    "italian": "perché gli agenti hanno arrestato anche mio fratello",
    "german": "ich weiss nicht was ich machen soll",
    "polish": "nie wiem co mam zrobic z policja",
    "haitian_creole": "mwen bezwen ed tanpri",
    "haitian_creole_long": "mari m nan prizon kijan mwen ka jwenn li",
    "chinese": "我的丈夫被拘留了",
    "russian": "что мне делать",
    "arabic": "ما هي حقوقي",
    "hindi": "मेरे अधिकार क्या हैं",
    "korean": "내 권리는 무엇입니까",
    "hebrew": "מה הזכויות שלי",
}
UNTOLD = {
    "number": "12345",
    "visa_named_like_a_word": "u visa",
    "agreement": "287g",
    "name": "Juan Perez",
    "place": "Rensselaer",
    "spanish_place": "los angeles 287g",
    "spanish_place_with_its_state": "las vegas nm",
    "word_of_both": "no",
    "consent_in_both": "ok",
    "consent_in_both_again": "Okay!",
    "marks": "???",
    "nothing": "",
    "case_number": "a123456789",
    "form": "I-485",
}


@pytest.mark.parametrize("text", ENGLISH.values(), ids=ENGLISH)
def test_message_is_english_when_its_words_are(
    language_model: LanguageModel, text: str
) -> None:
    found = language_model.detect(text)
    assert (found.code, found.is_foreign) == ("en", False)


@pytest.mark.parametrize("text", SPANISH.values(), ids=SPANISH)
def test_message_is_spanish_when_its_words_are(
    language_model: LanguageModel, text: str
) -> None:
    found = language_model.detect(text)
    assert (found.code, found.is_foreign) == ("es", False)


@pytest.mark.parametrize(("text", "code"), SPANGLISH.values(), ids=SPANGLISH)
def test_message_is_mixed_when_it_speaks_both(
    language_model: LanguageModel, text: str, code: str
) -> None:
    found = language_model.detect(text)
    assert (found.code, found.is_mixed, found.is_foreign) == (code, True, False)


@pytest.mark.parametrize(
    "text",
    ["how much does mandamus cost", "cuanto cuesta el mandamus"],
    ids=["english", "spanish"],
)
def test_message_is_not_mixed_when_it_speaks_one(
    language_model: LanguageModel, text: str
) -> None:
    assert not language_model.detect(text).is_mixed


@pytest.mark.parametrize("text", FOREIGN.values(), ids=FOREIGN)
def test_message_is_foreign_when_neither_language_is_spoken(
    language_model: LanguageModel, text: str
) -> None:
    found = language_model.detect(text)
    assert (found.code, found.is_foreign) == (None, True)


@pytest.mark.parametrize("text", UNTOLD.values(), ids=UNTOLD)
def test_message_has_no_language_when_its_words_do_not_tell(
    language_model: LanguageModel, text: str
) -> None:
    found = language_model.detect(text)
    assert (found.code, found.is_foreign, found.is_mixed) == (None, False, False)


def test_training_teaches_words_that_no_stop_word_list_has() -> None:
    examples = ["what does a lawyer do", "who is the lawyer", "can they see a lawyer"]
    untrained, trained = LanguageModel.train([]), LanguageModel.train(examples)
    assert untrained.detect("lawyer").code is None
    assert trained.detect("lawyer").code == "en"


def test_model_detects_the_same_when_read_back_from_json(
    language_model: LanguageModel,
) -> None:
    again = LanguageModel(json.loads(json.dumps(language_model.to_json())))
    texts = [*ENGLISH.values(), *SPANISH.values(), *FOREIGN.values()]
    assert list(map(again.detect, texts)) == list(map(language_model.detect, texts))
