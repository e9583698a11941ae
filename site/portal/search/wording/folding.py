"""Texts cut into words without accents, ligatures or capitals, so that both sides look alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

LONGEST_QUERY = 200

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ′‵´`＇", "'"))
# "l'école" is a school; "aujourd'hui" begins with none of these.
_ELISION = re.compile(r"\b(?:jusqu|lorsqu|puisqu|quoiqu|presqu|quelqu|qu|[cdjlmnst])'")
_ELIDED = re.compile(r"(?:qu|[cdjlmnst])([aeiouyh].{3,})")
_DOTTED_ACRONYM = re.compile(r"\b(?:[a-z]\.){2,}[a-z]?\b|\b(?:[a-z]\.){2,}")
WORD = re.compile(r"[^\W_]+")

# They say nothing by themselves: left out on both sides, so that « demandeur d’emploi » and
# « demandeurs d’un emploi » are the same two words side by side. "sans" tells: it stays.
GRAMMAR = frozenset(
    WORD.findall(
        "a ai au aux avec c ce ces cet cette chez comme d dans de des du elle en est et etre il "
        "ils j je l la le les leur leurs lui m ma mais me mes moi mon n ne nos notre nous on ou "
        "par pas pour qu que qui quoi s sa se ses si son sont sur t ta te tes toi ton tu un une "
        "vos votre vous y "
        "an and are for from i in is it my of or the to with your "
        "في من على الى عن مع او و"
    )
)
# Words of asking, left out of a question alone: a document may be about them.
ASKING = frozenset(
    WORD.findall(
        "comment combien quand quel quelle quels quelles ou pourquoi est ce possible moyen "
        "bonjour bonsoir salut svp stp merci urgent vite maintenant aujourd hui "
        "faire fais fait font ferai faut faudra faudrait veux veut voulez voudrais voudrait "
        "aimerais souhaite peux peut peuvent pouvez pouvoir pourrais pourrait puis dois doit "
        "devez devrais sais sait savoir connais comprends avoir as avez ont avais avait aurais "
        "aurait eu suis es etes sommes etais etait serait soit vais vas va allez aller vont "
        "cherche cherchez chercher recherche rechercher trouve trouver trouvez besoin aider "
        "obtenir prendre donner donne mettre commencer arreter arrete perds perdre "
        "place places demande demander deposer parler parle sortir sors sort sorti "
        "reprends reprend reprendre habite habiter vis vit galere galerer probleme souci "
        "personne quelqu quelque quelques chose truc gens jamais toujours encore deja bien tres "
        "trop plus moins peu beaucoup assez vraiment juste rien tout tous toute toutes autre "
        "autres meme parce car donc alors aussi si depuis avant apres pendant pres horaire "
        "horaires cher chere chers cheres ca cela "
        "mais arrive arrives arriver arrivent voir voit servir sers sert moyens coute "
        "coutent utiliser utilise toucher touche touches besoins infos renseignement "
        "renseignements "
        "pa ke ki koi pck pcq psk chu jsp jpp vrmt stp mrc cmt pkoi kan koman komen comen wsh "
        "salam dmd g cho "
        "wesh slt cc bjr bsr coucou pb pbs pr jai jsui jsuis chui chuis jveu jveux jpeu jpeux "
        "jcherche jsais jconnais jdois jvais jpeut cest quil nai dun dune fair "
        "qqn qqch bcp tt ds qd pk pq koi ki ke kel ya dsl mtn svt 1 "
        "how what where who when which can could would should am have has had looking want need "
        "not but they them his her she he was were been will so too very just really then because "
        "cant dont im ive find get help do does there any some please me like about near you we "
        "be at by if "
        "كيف اين متى هل ما ماذا لماذا اريد ابحث احتاج اجد احصل الحصول يمكن يمكنني ان انا لي "
        "عندي لدي هذا هذه لا لم لن ليس ليست لست استطيع نستطيع اقدر اود ارغب بحاجة حاجة يوجد توجد "
        "هناك كيفية مساعدة مساعدتي تساعدني بغيت نبغي فين وين كيفاش واش شنو علاش خاصني نلقى"
    )
)
# What only narrows a question: when, how much, in which state, for whom. It tells less than what it
# is asked about, and answers nothing without it: « netflix gratuit » is not about what is free.
NARROWING = frozenset(
    WORD.findall(
        "lundi mardi mercredi jeudi vendredi samedi dimanche matin midi soir soiree demain hier "
        "semaine semaines week end weekend mois annee annees an ans jour jours journee minute "
        "minutes "
        "date dates debut fin temps fois duree longtemps bientot rapidement rapide immediat "
        "gratuit gratuite gratuits gratuites gratuitement gratos payant payante prix tarif tarifs "
        "neuf neuve occasion nouveau nouvelle nouveaux ancien petit petite petits petites grand "
        "grande grands gros grosse bon bonne bons bonnes meilleur meilleure mauvais mauvaise "
        "sans simple facile facilement difficile seul seule seuls seules ensemble premier premiere "
        "dernier derniere prochain prochaine certain certains plusieurs acheter achat vendre "
        "commence commencer commencent debuter passe passer passent partir reste rester rends "
        "rendre tenir tient aime aimer venir viens vient croire pense penser continuer reussir "
        "recu recois recevoir peur envie chance cause situation monde gens homme hommes endroit "
        "lieu adresse numero telephoner appeler contact contacter nom type sorte question "
        "questions marque modele promo promotion resultat resultats "
        "un deux trois quatre cinq six sept huit neuf dix dire dit rendez rdv ouvert ouverte libre "
        "meuf mec copain copine no new old free cheap big small good best time day days week "
        "month year today tomorrow morning evening "
        "مجاني مجانية مجانا اليوم غدا الان سريع سريعا جديد جديدة رخيص رخيصة قريب قريبة"
    )
)
# What all of the site is about: beside something else it only narrows, as what says when.
EVERYWHERE = frozenset(
    WORD.findall(
        "travail travailler travaille emploi emplois boulot boulo taf taff taffer job jobs bosser "
        "bosse work working عمل شغل العمل"
    )
)
# They stand between the words of a phrase and change nothing: « ouvrir un petit restaurant ».
BETWEEN = frozenset(
    WORD.findall(
        "deux trois quatre cinq petit petite petits petites grand grande grands nouveau nouvelle "
        "propre vrai vraie bon bonne vieux vieille premier premiere autre plus"
    )
)

# Control and format characters, surrogates, private use, line and paragraph separators.
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def clean(text: str, longest: int | None = None) -> str:
    """Text that any database and any engine can be handed: no control character, single spaces."""
    kept = "".join(
        " " if unicodedata.category(character) in _INVISIBLE else character
        for character in unicodedata.normalize("NFC", text[:longest] if longest else text)
    )
    return " ".join(kept.split())[:longest]


def fold(text: str) -> str:
    """Lower case without accents or ligatures: "L’Œuvre" → "l'oeuvre"."""
    text = unicodedata.normalize("NFKD", text).casefold().translate(_LIGATURES)
    text = unicodedata.normalize("NFKD", text).translate(_APOSTROPHES)
    return "".join(character for character in text if not unicodedata.combining(character))


def words(text: str) -> list[str]:
    """The folded words of a text, elisions gone: "L’auto-école (C.A.F.)" → auto, ecole, caf."""
    text = _ELISION.sub(" ", fold(text))
    text = _DOTTED_ACRONYM.sub(lambda found: found.group().replace(".", ""), text)
    return WORD.findall(text)


def without_elision(word: str) -> str:
    """What is left of « lemploi » and « dargent », written without their apostrophes; "" when
    nothing was elided."""
    found = _ELIDED.fullmatch(word)
    return found[1] if found else ""


def each_word(text: str) -> Iterator[tuple[str, str]]:
    """(folded, in small letters as written) of the words that are long enough to be mistyped."""
    for written in WORD.findall(text):
        if len(word := fold(written)) > 2:
            yield word, written.lower()
