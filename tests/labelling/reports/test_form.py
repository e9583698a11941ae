"""The form of a report: with a mailed link, on a telephone, by and by."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from filling_forms import words_of
from html_faults import faults
from PIL import Image

from labelling.models import LATER_ONLY, Report
from labelling.reports.receiving import keep_report

pytestmark = pytest.mark.django_db


def words(answer):
    return words_of(answer).replace("\xa0", " ").replace("\u202f", " ")


def test_a_report_is_sent_without_an_account_and_what_is_empty_is_not_known(first, somebody):
    answer = somebody(first).sends(reached="42", women="25", young="0", worked="Le café.")
    assert answer.status_code == 302 and answer.url.endswith("?recu=1")
    first.refresh_from_db()
    assert (first.reached, first.women, first.men, first.young) == (42, 25, None, 0)
    assert first.worked == "Le café." and first.received_at and first.stands
    shown = somebody(first).opens("?recu=1")
    assert "votre bilan est reçu" in words(shown)
    assert "no-store" in shown["Cache-Control"] and "noindex" in shown["X-Robots-Tag"]


def test_the_fields_suit_a_thumb_and_say_what_empty_means(first, somebody):
    shown = somebody(first).opens()
    html = shown.content.decode()
    assert html.count('inputmode="numeric"') == 11 and 'type="number"' not in html
    assert 'placeholder="je ne sais pas"' in html
    for said in ("Laissez vide.", "jamais le nom d’une personne", "label n° A-"):
        assert said in words(shown), said


def test_opening_it_costs_few_questions_whatever_was_counted(
    action, somebody, django_assert_max_num_queries
):
    someone = somebody(action.reports.get(moment="later"))
    someone.opens()
    with django_assert_max_num_queries(22):
        someone.opens()


def test_who_was_hired_is_asked_a_month_later_alone(first, later, somebody):
    for name in LATER_ONLY:
        assert name not in somebody(first).opens().context["form"].fields
        assert name in somebody(later).opens().context["form"].fields


def test_it_is_saved_as_one_goes_and_found_again(first, somebody):
    someone = somebody(first)
    answer = someone.sends(reached="42", keep="qui")
    assert answer.status_code == 302 and answer.url.endswith("/#qui")
    first.refresh_from_db()
    assert first.reached == 42 and first.saved_at and not first.received_at and not first.stands
    again = someone.opens()
    assert 'value="42"' in again.content.decode() and "Enregistré à" in words(again)


def test_what_cannot_be_is_refused_and_nothing_is_lost(first, somebody):
    answer = somebody(first).sends(reached="20", women="12", men="10", worked="Bien")
    assert answer.status_code == 422
    text = words(answer)
    assert "« Femmes » (12) et « Hommes » (10) font 22" in text and "Erreur :" in text
    assert 'value="12"' in answer.content.decode() and "Bien" in text
    assert not Report.objects.received().exists()
    for typed, said in (("-1", "plus petit que zéro"), ("vingt", "nombre entier")):
        refused = somebody(first).sends(reached=typed, keep="qui")
        assert refused.status_code == 422 and said in words(refused)
    assert "au moins un chiffre" in words(somebody(first).sends())


def test_what_is_unlikely_is_asked_about_once_and_kept_as_confirmed(later, somebody):
    someone = somebody(later)
    typed = {"reached": "210", "hired": "200"}
    asked = someone.sends(**typed)
    assert asked.status_code == 422 and "200 personnes retenues" in words(asked)
    [doubt] = [one.key for one in asked.context["form"].doubts]
    # Saving for later asks nothing.
    assert someone.sends(**typed, keep="mots").status_code == 302
    # Another figure is another question.
    assert someone.sends(reached="210", hired="199", confirmed=doubt).status_code == 422
    assert someone.sends(**typed, confirmed=doubt).status_code == 302
    later.refresh_from_db()
    assert later.confirmed == [doubt] and later.hired == 200
    assert someone.sends(worked="Un mot de plus").status_code == 302


def test_more_than_ten_times_the_places_is_asked_about(first, somebody):
    assert "80 étaient attendues" in words(somebody(first).sends(reached="800"))
    assert somebody(first).sends(reached="799").status_code == 302


def test_a_telephone_number_in_the_words_is_pointed_at_kindly(first, somebody):
    asked = somebody(first).sends(reached="3", advice="Appelez Léa au 06 39 98 12 34")
    assert asked.status_code == 422
    assert "« 06 39 98 12 34 » ressemble à une adresse ou à un téléphone" in words(asked)


def test_the_later_report_begins_with_the_first_and_says_so(first, later, somebody):
    keep_report(report=first, figures={"reached": 42, "women": 25}, words={"worked": "Le café."})
    shown = somebody(later).opens()
    assert "Ces chiffres viennent de votre premier bilan" in words(shown)
    assert somebody(later).sends(reached="41", hired="3").status_code == 302
    later.refresh_from_db()
    assert (later.reached, later.women, later.hired, later.worked) == (41, 25, 3, "Le café.")
    assert list(Report.objects.standing()) == [later]


def test_it_is_corrected_for_thirty_days_and_no_longer(first, somebody):
    someone = somebody(first)
    assert someone.sends(reached="42").status_code == 302
    assert someone.sends(after=timedelta(days=29), reached="43").status_code == 302
    first.refresh_from_db()
    assert first.reached == 43
    late = someone.opens(after=timedelta(days=31))
    assert late.status_code == 410 and "plus de 30 jours" in words(late)


def test_a_link_opens_one_report_on_one_host(first, later, beta, somebody):
    assert somebody(first, host="beta.localhost").opens().status_code == 404
    stranger = somebody(first)
    stranger.path = stranger.path[:-3] + "/x/"
    assert stranger.opens().status_code == 404
    Report.objects.filter(pk=later.pk).delete()
    gone = somebody(first)
    Report.objects.filter(pk=first.pk).delete()
    assert gone.opens().status_code == 404


def test_without_the_token_of_the_form_nothing_is_written(first, somebody, client):
    someone = somebody(first)
    refused = someone.browser.post(
        someone.path, {"reached": "3"}, headers={"host": "alpha.localhost"}
    )
    assert refused.status_code == 403 and not Report.objects.received().exists()


def test_the_criteria_really_held_are_those_of_the_label(first, somebody, optional, mandatory):
    held, never = mandatory[0], optional[0]
    assert somebody(first).sends(reached="3", criteria_held=[held.pk]).status_code == 302
    first.refresh_from_db()
    assert first.criteria_held == [held.pk]
    assert somebody(first).sends(reached="3", criteria_held=[never.pk]).status_code == 422


def test_that_no_criterion_was_held_is_not_that_nobody_answered(first, later, somebody, mandatory):
    someone = somebody(first)
    both = someone.sends(reached="3", criteria_held=[mandatory[0].pk, "none"])
    assert both.status_code == 422 and "pas les deux" in words(both)
    for ticked, kept in (([], None), (["none"], []), ([], None)):
        assert someone.sends(reached="3", criteria_held=ticked).status_code == 302
        first.refresh_from_db()
        assert first.criteria_held == kept
    keep_report(report=first, words={"criteria_held": []})
    # What was answered is found again, there and in the later report.
    for someone in (somebody(first), somebody(later)):
        assert someone.opens().context["form"]["criteria_held"].value() == ["none"]


def test_what_was_held_counts_for_each_session(action, mandatory):
    report = action.reports.get(moment="just_after")
    day = action.page.specific.occurrences.first().start.date()
    held = {"criteria_held": [mandatory[0].pk]}
    keep_report(report=report, sessions={day: {"reached": 3}}, words=held)
    assert Report.objects.standing().get().criteria_held == [mandatory[0].pk]


def test_sessions_are_counted_one_by_one_or_all_together(action, somebody):
    report = action.reports.get(moment="just_after")
    someone = somebody(report)
    assert "Compter séance par séance" in words(someone.opens())
    form = someone.opens("?compter=seances").context["form"]
    days = sorted(form.days)
    assert len(days) == 3
    one, two = (f"reached__{day:%Y%m%d}" for day in days[:2])
    assert someone.sends("?compter=seances", **{one: "8", two: "0"}).status_code == 302
    counted = Report.objects.standing().order_by("happened_on")
    assert [(row.happened_on, row.reached) for row in counted] == [(days[0], 8), (days[1], 0)]
    # The next visit goes on as it was counted; a total takes the place of its parts.
    assert someone.opens().context["filling"].by_day
    assert someone.sends("?compter=tout", reached="11").status_code == 302
    assert [(row.happened_on, row.reached) for row in Report.objects.standing()] == [(None, 11)]
    assert action.reports.filter(moment="just_after").count() == 1


def test_sessions_are_filled_in_one_after_the_other(action, somebody):
    """One is open at a time, says what it holds, and leads to the next, without a script."""
    report = action.reports.get(moment="just_after")
    someone = somebody(report)
    shown = someone.opens("?compter=seances")
    one, two, three = shown.context["form"].days
    assert one < two < three
    html = shown.content.decode()
    assert html.count('<details class="acc" name="seances"') == 3
    assert faults(html) == []
    assert html.count('" open><summary>') == 1 and html.count(">à compter<") == 3
    assert "Séances comptées : 0 sur 3" in words(shown)

    reached, women = f"reached__{one:%Y%m%d}", f"women__{one:%Y%m%d}"
    saved = someone.sends("?compter=seances", **{reached: "9", women: "6"}, keep=f"{one:%Y%m%d}")
    assert saved.url.endswith(f"?compter=seances&seance={two:%Y%m%d}#seance-{two:%Y%m%d}")
    asked = f"?compter=seances&seance={three:%Y%m%d}"
    sections = someone.opens(asked).context["form"].sections
    assert [section.is_open for section in sections] == [False, False, True]
    assert [section.said for section in sections] == ["9 personnes", "", ""]
    # Without a word about it, the first one that is not counted yet.
    sections = someone.opens().context["form"].sections
    assert [section.is_open for section in sections] == [False, True, False]
    last = someone.sends(asked, keep=f"{three:%Y%m%d}")
    assert last.url.endswith("#mots")
    # A button that says nonsense goes on with the first part.
    assert someone.sends(asked, keep="x").url.endswith("#qui")


def test_what_does_not_change_from_one_session_to_the_next_is_typed_once(action, somebody):
    report = action.reports.get(moment="just_after")
    someone = somebody(report)
    one, two, _three = (
        f"{day:%Y%m%d}" for day in someone.opens("?compter=seances").context["form"].days
    )
    typed = {f"reached-{one}": "9", f"women-{one}": "6", f"young-{one}": "0"}
    typed |= {f"same-{two}": "on", f"reached-{two}": "8"}
    refused = someone.sends("?compter=seances", **typed, **{f"women-{two}": "9"})
    assert refused.status_code == 422
    # The session that is wrong is the one that is open.
    assert [one.is_open for one in refused.context["form"].sections] == [False, True, False]
    assert someone.sends("?compter=seances", **typed).status_code == 302
    rows = Report.objects.standing().order_by("happened_on")
    # What is typed stays, and nothing is copied where nobody asked for it.
    assert list(rows.values_list("reached", "women", "young", "men")) == [
        (9, 6, 0, None),
        (8, 6, 0, None),
    ]


def test_an_impossible_session_is_named(action, somebody):
    report = action.reports.get(moment="just_after")
    someone = somebody(report)
    day = someone.opens("?compter=seances").context["form"].days[0]
    refused = someone.sends(
        "?compter=seances", **{f"reached__{day:%Y%m%d}": "3", f"women__{day:%Y%m%d}": "4"}
    )
    assert refused.status_code == 422
    assert "« Femmes » (4), c’est plus que « Personnes venues » (3)" in words(refused)


def picture(kind="JPEG", size=(40, 20), name="photo.jpg"):
    written = BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "TelephoneDeLea"
    exif.get_ifd(0x8825)[1] = "N"
    Image.new("RGB", size, "red").save(written, kind, exif=exif)
    return SimpleUploadedFile(name, written.getvalue())


def test_photos_are_drawn_again_without_what_the_telephone_adds(
    first, somebody, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path
    someone = somebody(first)
    sent = {"reached": "3", "photos": [picture(size=(3000, 20)), picture("PNG", name="b.png")]}
    refused = someone.sends(**sent)
    assert refused.status_code == 422 and "Cochez cette case" in words(refused)
    sent["photos"] = [picture(size=(3000, 20)), picture("PNG", name="b.png")]
    assert someone.sends(**sent, is_agreed="on").status_code == 302
    kept = list(first.photos.all())
    assert len(kept) == 2 and all(photo.is_agreed for photo in kept)
    content = kept[0].file.read()
    assert b"TelephoneDeLea" not in content and b"Exif" not in content
    with Image.open(BytesIO(content)) as drawn:
        assert drawn.format == "JPEG" and drawn.width == 2000 and not drawn.getexif()
    assert kept[0].file.name.startswith("documents/reports/")
    shown = someone.browser.get(
        f"{someone.path}photo/{kept[0].pk}/", headers={"host": "alpha.localhost"}
    )
    assert shown["Content-Type"] == "image/jpeg" and "no-store" in shown["Cache-Control"]
    with django_capture_on_commit_callbacks(execute=True):
        assert someone.sends(forget=[kept[0].pk]).status_code == 302
    assert list(first.photos.all()) == [kept[1]]
    assert not kept[0].file.storage.exists(kept[0].file.name)


@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile("photo.jpg", b"\xff\xd8\xff" + b"x" * 50),
        SimpleUploadedFile("photo.jpg", b"<script>alert(1)</script>"),
        SimpleUploadedFile("page.html", b"<script>alert(1)</script>"),
    ],
    ids=["broken", "no picture", "page"],
)
def test_what_is_no_picture_is_refused(first, somebody, file):
    refused = somebody(first).sends(reached="3", photos=[file], is_agreed="on")
    assert refused.status_code == 422 and file.name in words(refused)
    assert not first.photos.exists() and not Report.objects.received().exists()
