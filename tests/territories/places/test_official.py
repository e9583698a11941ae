"""The official list of communes, and the addresses it completes."""

import pytest
from directory_factories import make_actor
from django.core.management import call_command
from factories import make_territory

from territories.importing.plan import Kind
from territories.importing.records import BadFile
from territories.models import Commune
from territories.places.locating import settle_all
from territories.places.official import commune_named, plain_name, plan_communes, write_communes

pytestmark = pytest.mark.django_db

HEAD = "TYPECOM,COM,REG,DEP,CTCD,ARR,TNCC,NCC,NCCENR,LIBELLE,CAN,COMPARENT"
LIST = f"""{HEAD}
COM,01004,84,01,01D,011,1,AMBERIEU EN BUGEY,Ambérieu-en-Bugey,Ambérieu-en-Bugey,0101,
COM,31555,76,31,31D,313,0,TOULOUSE,Toulouse,Toulouse,3199,
COM,93066,11,93,93D,932,0,SAINT DENIS,Saint-Denis,Saint-Denis,9399,
COM,97411,04,974,974D,9741,0,SAINT DENIS,Saint-Denis,Saint-Denis,97499,
COM,94038,11,94,94D,943,5,HAY LES ROSES,Haÿ-les-Roses,L'Haÿ-les-Roses,9408,
COMD,01015,,,,,1,ARBIGNIEU,Arbignieu,Arbignieu,,01015
ARM,75101,11,75,75C,751,0,PARIS 01,Paris 1er,Paris 1er Arrondissement,7599,75056
"""


def bring(text=LIST):
    plan = plan_communes(text.encode())
    write_communes(plan)
    return plan


def test_communes_come_with_their_department_and_region():
    assert bring().counts[Kind.NEW] == 5
    found = Commune.objects.get(pk="01004")
    assert (found.name, found.department, found.region) == ("Ambérieu-en-Bugey", "01", "84")
    assert not Commune.objects.filter(pk__in=["01015", "75101"]).exists()


def test_the_same_list_twice_changes_nothing():
    bring()
    assert bring().counts[Kind.UNCHANGED] == 5
    assert bring(LIST.replace("Toulouse,3199", "Tolosa,3199")).counts[Kind.CHANGED] == 1
    assert Commune.objects.get(pk="31555").name == "Tolosa", "it follows the list"


def test_a_name_that_somebody_wrote_stays_and_one_that_lacks_comes():
    Commune.objects.create(code="31555", name="Toulouse (ville)", latitude=43.6)
    Commune.objects.create(code="01004", name="01004")
    Commune.objects.create(code="99999", name="Partie ailleurs")
    plan = bring()
    toulouse = Commune.objects.get(pk="31555")
    assert (toulouse.name, toulouse.department, toulouse.latitude) == (
        "Toulouse (ville)",
        "31",
        43.6,
    )
    assert Commune.objects.get(pk="01004").name == "Ambérieu-en-Bugey"
    assert plan.unlisted == 1
    assert bring().counts[Kind.UNCHANGED] == 5


def test_the_intercommunality_comes_where_the_file_has_it_and_is_not_lost_where_it_has_not():
    with_epci = "TYPECOM;COM;REG;DEP;LIBELLE;EPCI\nCOM;31555;76;31;Toulouse;243100518\n"
    bring(with_epci)
    bring()
    assert Commune.objects.get(pk="31555").epci == "243100518"


def test_a_bad_row_is_refused_with_its_line_and_a_bad_file_whole():
    plan = plan_communes(
        f"{HEAD}\nCOM,1004,84,01,,,,,,Ambérieu,,\nCOM,31555,76,81,,,,,,X,,\n{LIST.partition(chr(10))[2]}".encode()
    )
    first, second = plan.refused
    assert str(first.name) == "« Ambérieu » (ligne 2, 1004)"
    assert "Un code INSEE a 5 caractères" in first.reason
    assert second.reason == "le département ne va pas avec le code de la commune."
    with pytest.raises(BadFile, match="il y manque les colonnes TYPECOM, LIBELLE"):
        plan_communes(b"COM,REG,DEP\n31555,76,31\n")
    with pytest.raises(BadFile, match="ne contient aucune commune"):
        plan_communes(HEAD.encode())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("L’Haÿ-les-Roses", "hay les roses"),
        ("ST-DENIS", "Saint Denis"),
        ("Toulouse Cedex 9", "toulouse"),
        ("Cœuvres", "Coeuvres"),
        ("Les Abymes", "abymes"),
    ],
)
def test_two_ways_of_writing_a_town_are_one(one, other):
    assert plain_name(one) == plain_name(other)


@pytest.mark.parametrize("name", ["", "Le", "l'", "-", "Cedex 3"])
def test_what_is_no_name_names_nothing(name):
    bring()
    assert commune_named(name) is None


def test_a_town_typed_gets_its_code_where_only_one_is_meant():
    bring()
    assert commune_named("st denis") is None
    assert commune_named("st denis", "93200").code == "93066"
    assert commune_named("Saint-Denis", "97400").code == "97411"
    assert commune_named("Toulouse", "33000") is None, "somebody made a mistake: nobody guesses"


def test_a_record_is_completed_in_its_draft_and_on_line():
    bring()
    territory = make_territory()
    named = make_actor(territory, insee_code="", commune="toulouse")
    coded = make_actor(territory, insee_code="31555", commune="")
    unclear = make_actor(territory, insee_code="", commune="Saint-Denis", postcode="")
    assert (named.insee_code, named.commune) == ("31555", "toulouse"), "as it was typed"
    assert (coded.insee_code, coded.commune) == ("31555", "Toulouse")
    assert unclear.insee_code == ""

    draft = named.get_latest_revision_as_object()
    draft.insee_code, draft.commune = "", "L’Haÿ-les-Roses"
    draft.postcode = "94240"
    draft.full_clean()
    assert draft.save_revision().content["insee_code"] == "94038"


def test_the_command_completes_the_records_that_are_there(tmp_path, capsys):
    territory = make_territory()
    actor = make_actor(territory, insee_code="", commune="Toulouse")
    assert actor.insee_code == ""
    path = tmp_path / "communes.csv"
    path.write_text(LIST, encoding="utf-8")
    call_command("import_communes", str(path), dry_run=True)
    assert "nouveau : 4, changé : 1, inchangé : 0, refusé : 0" in capsys.readouterr().out
    assert not Commune.objects.filter(pk="93066").exists()
    call_command("import_communes", str(path))
    actor.refresh_from_db()
    assert actor.insee_code == "31555"
    assert settle_all() == 0
