"""The gazetteer: how it is compiled, what names mean, and how an article's places are told."""

import csv
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from importlib import resources
from pathlib import Path

import pytest
from newsclaims.errors import UsageError
from newsclaims.extract.finds import Kind, Name
from newsclaims.resolve.gazetteer import (
    Gazetteer,
    GazetteerError,
    OwnPlace,
    ResolvedPlace,
    compiling,
    read_own_places,
)
from newsclaims.resolve.gazetteer.cues import CueReader
from newsclaims.resolve.gazetteer.entries import Entry, Form, Naming, Places
from newsclaims.resolve.gazetteer.names import bare_division, is_trap, is_variant, key_of
from newsclaims.resolve.gazetteer.sites import is_site, namesake
from newsclaims.resolve.gazetteer.store import Store
from newsclaims.resolve.gazetteer.tables import Directory, add_forms, read_table
from newsclaims.text.tokens import Entity, Tokens

from tests.blank import blank_tokens


def named(text: str, *wanted: str) -> tuple[Tokens, list[Name]]:
    """A text without a parse, and every occurrence of the names in it."""
    spans = {
        (at, at + len(name))
        for name in wanted
        for at in range(len(text))
        if text.startswith(name, at)
    }
    outer = [
        (start, end)
        for start, end in spans
        if not any(s <= start and end <= e and (s, e) != (start, end) for s, e in spans)
    ]
    return blank_tokens(text), [
        Name(start, end, Kind.PLACE, "test") for start, end in sorted(outer)
    ]


def resolve(gazetteer: Gazetteer, text: str, *names: str) -> dict[str, ResolvedPlace]:
    """The rows of the named places by their fullest mention."""
    tokens, places = named(text, *names)
    return {text[row.name.start : row.name.end]: row for row in gazetteer.resolve(tokens, places)}


# --- names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("St. Louis", "saint louis"),
        ("Saint-Louis", "saint louis"),
        ("Pākistān", "pakistan"),
        ("the Hague", "hague"),
        ("Mt. Kenya", "mount kenya"),
        ("Coeur d\u2019Alene", "coeur dalene"),
        ("Łódź", "lodz"),
        ("St", "st"),
        ("Москва", None),
        ("", None),
    ],
)
def test_spellings_of_one_name_share_a_key(name: str, key: str | None) -> None:
    assert key_of(name) == key


@pytest.mark.parametrize("name", ["MAN", "IS", "of", "7"])
def test_codes_and_scraps_are_no_names(name: str) -> None:
    assert is_trap(name)


def test_a_village_of_three_letters_is_a_name() -> None:
    assert not is_trap("Ulm")


def test_a_variant_shares_most_letter_pairs_and_another_name_does_not() -> None:
    assert is_variant("karak", "al karak")
    assert is_variant("lugansk", "luhansk")
    assert not is_variant("turkey", "new providence")
    assert not is_variant("paris", "swainsboro")


@pytest.mark.parametrize(
    ("name", "bare"),
    [("Idlib Governorate", "Idlib"), ("Provincia di Lecce", "Lecce"), ("Kent", None)],
)
def test_a_division_is_known_without_the_word_for_its_kind(name: str, bare: str | None) -> None:
    assert bare_division(name) == bare


def test_sites_are_told_by_the_word_for_their_kind() -> None:
    assert is_site("Mill Lane")
    assert is_site("Lake Brell")
    assert not is_site("Millan")
    assert namesake("Oslo Cathedral") == "Oslo"
    assert namesake("Port of Cork") == "Cork"
    assert namesake("Oslo Street") is None


# --- tables --------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", ["regions", "points"])
def test_points_of_the_tables_are_on_the_globe(table: str) -> None:
    for row in read_table(f"{table}.tsv"):
        assert -90 <= float(row["latitude"]) <= 90, row
        assert -180 <= float(row["longitude"]) <= 180, row


def test_no_region_is_listed_twice_and_each_has_kind_rank_and_country() -> None:
    rows = list(read_table("regions.tsv"))
    names = [name for row in rows for name in (row["name"], *row["aliases"].split("|")) if name]
    assert sorted({name for name in names if names.count(name) > 1}) == []
    assert {row["kind"] for row in rows} == {"region", "feature"}
    assert {row["rank"] for row in rows} == {"1", "2", "3"}
    assert all(len(row["country"]) in {0, 2} for row in rows)


def test_no_table_has_a_ragged_line() -> None:
    folder = resources.files("newsclaims.resolve.gazetteer")
    for path in (path for path in folder.iterdir() if path.name.endswith(".tsv")):
        lines = path.read_text(encoding="utf-8").splitlines()
        rows = list(csv.reader((x for x in lines if x[:1] != "#"), delimiter="\t"))
        assert {len(row) for row in rows} == {len(rows[0])}, path.name


def test_forms_as_written_are_different_ones(gazetteer: Gazetteer) -> None:
    rows = [(row["form"], row["country"]) for row in read_table("abbreviations.tsv")]
    assert len(rows) == len(set(rows))
    assert gazetteer.prominence("U.S.") == gazetteer.prominence("United States") > 0.8


def test_a_table_that_means_no_place_is_refused() -> None:
    places = Places()
    with pytest.raises(LookupError, match="no admin1"):
        add_forms(places, Directory(places))


# --- compiling -----------------------------------------------------------------------------------


def small_world() -> Places:
    places = Places()
    places.add(Entry(1, "Ebria", "country", "EB", 0, 0, 10.0, 10.0, 5_000_000, 7.7))
    places.add(Entry(2, "Zorvik", "city", "EB", 0, 0, 11.0, 11.0, 50_000, 4.7), ["Sorvik"])
    places.forms.append(Form("EBR", 1, postal=False))
    return places


def kept(folder: Path) -> list[Path]:
    """What a build leaves in its folder beside the lock."""
    return [path for path in folder.iterdir() if path.suffix != ".lock"]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setattr(compiling, "read_places", small_world)
    return monkeypatch


def test_the_first_use_compiles_and_the_second_finds_it(
    tmp_path: Path, quick: pytest.MonkeyPatch
) -> None:
    first = compiling.compiled(tmp_path)
    quick.setattr(compiling, "read_places", lambda: pytest.fail("compiled twice"))
    assert compiling.compiled(tmp_path) == first
    assert kept(tmp_path) == [first]
    assert [b.entry.name for b in Store(first).named("Sorvik")] == ["Zorvik"]
    assert [b.entry.name for b in Store(first).named("EBR")] == ["Ebria"]


def test_a_build_that_fails_leaves_nothing_and_the_next_one_works(
    tmp_path: Path, quick: pytest.MonkeyPatch
) -> None:
    def broken() -> Places:
        raise MemoryError

    quick.setattr(compiling, "read_places", broken)
    with pytest.raises(MemoryError):
        compiling.compiled(tmp_path)
    assert kept(tmp_path) == []
    quick.setattr(compiling, "read_places", small_world)
    assert Store(compiling.compiled(tmp_path)).named("Zorvik")


@pytest.mark.parametrize("step", ["read_places", "write"])
def test_a_cache_deleted_in_the_middle_of_a_build_breaks_nothing(
    tmp_path: Path, quick: pytest.MonkeyPatch, step: str
) -> None:
    folder = tmp_path / "cache"
    folder.mkdir()
    act = getattr(compiling, step)

    def deleting(*arguments: object) -> object:
        shutil.rmtree(folder)
        quick.setattr(compiling, step, act)
        return act(*arguments)

    quick.setattr(compiling, step, deleting)
    assert Store(compiling.compiled(folder)).named("Zorvik")


def test_of_builders_that_start_together_one_builds_and_all_find_it_whole(
    tmp_path: Path, quick: pytest.MonkeyPatch
) -> None:
    builds: list[Places] = []

    def counted() -> Places:
        builds.append(small_world())
        return builds[-1]

    quick.setattr(compiling, "read_places", counted)
    with ThreadPoolExecutor(4) as pool:
        paths = list(pool.map(lambda _: compiling.compiled(tmp_path), range(4)))
    assert len(set(paths)) == len(builds) == 1
    assert kept(tmp_path) == [paths[0]]
    assert Store(paths[0]).named("Zorvik")


@pytest.mark.parametrize("left", [0, 50, 5000])
def test_what_a_crash_of_the_system_left_of_a_file_is_made_again(
    tmp_path: Path,
    quick: pytest.MonkeyPatch,  # noqa: ARG001  # the small world
    left: int,
) -> None:
    path = compiling.compiled(tmp_path)
    path.write_bytes(path.read_bytes()[:left])
    (tmp_path / "gazetteer-killed.part").write_text("half")
    assert Store(compiling.compiled(tmp_path)).named("Zorvik")
    assert kept(tmp_path) == [path]


def test_a_folder_that_cannot_be_written_is_named(
    tmp_path: Path,
    quick: pytest.MonkeyPatch,  # noqa: ARG001  # the small world
) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(GazetteerError, match=r"file.cache"):
        compiling.compiled(tmp_path / "file" / "cache")


def test_a_store_answers_on_both_sides_of_a_fork(
    tmp_path: Path,
    quick: pytest.MonkeyPatch,  # noqa: ARG001  # the small world
) -> None:
    store = Store(compiling.compiled(tmp_path))
    assert store.named("Ebria")
    if (child := os.fork()) == 0:
        os._exit(0 if store.named("Zorvik") else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert store.named("Zorvik")


def test_names_are_borne_as_own_before_other(tmp_path: Path) -> None:
    places = small_world()
    places.name(1, "Zorvik", Naming.OTHER)
    compiling.write(places, tmp_path / "g.sqlite")
    bearers = Store(tmp_path / "g.sqlite").named("Zorvik")
    assert [(b.entry.id, b.naming) for b in bearers] == [(2, Naming.OWN), (1, Naming.OTHER)]


# --- prominence ----------------------------------------------------------------------------------


def test_prominence_falls_from_countries_to_villages(gazetteer: Gazetteer) -> None:
    order = ["Pakistan", "Karachi", "Peshawar", "Swanage", "Zarbandigul"]
    values = [gazetteer.prominence(name) for name in order]
    assert values == sorted(values, reverse=True)
    assert values[0] > 0.8
    assert values[-1] == 0.0


@pytest.mark.parametrize("word", ["IS", "MAN", "OR", "IN", "Eastern", "State", "Москва"])
def test_words_and_codes_are_not_prominent(gazetteer: Gazetteer, word: str) -> None:
    assert gazetteer.prominence(word) == 0.0


# --- resolving -----------------------------------------------------------------------------------


def test_a_name_alone_means_its_best_known_place(gazetteer: Gazetteer) -> None:
    (paris,) = resolve(gazetteer, "He flew to Paris.", "Paris").values()
    assert (paris.country, paris.kind, paris.geonameid) == ("FR", "city", 2988507)


def test_a_place_lies_in_the_one_that_follows(gazetteer: Gazetteer) -> None:
    rows = resolve(gazetteer, "She was born in Paris, Texas.", "Paris", "Texas")
    assert rows["Paris"].country == "US"
    assert rows["Texas"].kind == "admin1"


def test_a_state_is_told_from_a_country_by_its_towns(gazetteer: Gazetteer) -> None:
    text = "Roads in Georgia were closed from Savannah to Macon."
    assert resolve(gazetteer, text, "Georgia", "Savannah", "Macon")["Georgia"].country == "US"
    text = "Roads in Georgia were closed from Tbilisi to Batumi."
    assert resolve(gazetteer, text, "Georgia", "Tbilisi", "Batumi")["Georgia"].country == "GE"


def test_neighbours_decide_between_towns_of_one_name(gazetteer: Gazetteer) -> None:
    text = "Crews from Springfield helped in Holyoke and Chicopee."
    rows = resolve(gazetteer, text, "Springfield", "Holyoke", "Chicopee")
    assert rows["Springfield"].geonameid == 4951788


def test_a_neighbour_across_a_border_decides(gazetteer: Gazetteer) -> None:
    text = "Crews from Columbus crossed the river to Phenix City."
    rows = resolve(gazetteer, text, "Columbus", "Phenix City")
    assert rows["Columbus"].geonameid == 4188985


def test_demonyms_tell_where_a_text_is_set(gazetteer: Gazetteer) -> None:
    rows = resolve(gazetteer, "Jordanian police closed the road to Karak.", "Karak")
    assert rows["Karak"].country == "JO"
    rows = resolve(gazetteer, "Pakistani police closed the road to Karak.", "Karak")
    assert rows["Karak"].country == "PK"


def test_a_town_inside_another_name_is_evidence(gazetteer: Gazetteer) -> None:
    text = "The Ann Arbor Police Department sent help to Monroe."
    tokens, places = named(text, "Monroe")
    tokens = replace(tokens, entities=(Entity(1, 5, "ORG"),))
    (monroe,) = gazetteer.resolve(tokens, places)
    assert (monroe.country, round(monroe.latitude or 0, 1)) == ("US", 41.9)


def test_the_name_of_the_publisher_is_evidence(gazetteer: Gazetteer) -> None:
    tokens, places = named("A shop in London burnt down.", "London")
    (london,) = gazetteer.resolve(tokens, places, "The Ontario Courier")
    assert london.country == "CA"
    (london,) = gazetteer.resolve(tokens, places, "Courier")
    assert london.country == "GB"


def test_names_of_one_place_share_a_row_named_by_the_fullest(gazetteer: Gazetteer) -> None:
    text = "The US and Chad agreed. The United States paid; the U.S. also sent aid to Chad."
    tokens, places = named(text, "US", "U.S.", "United States", "Chad")
    rows = gazetteer.resolve(tokens, places)
    assert [len(row.mentions) for row in rows] == [3, 2]
    assert text[rows[0].name.start : rows[0].name.end] == "United States"
    assert [mention.start for mention in rows[0].mentions] == sorted(
        mention.start for mention in rows[0].mentions
    )


def test_press_abbreviations_need_their_point(gazetteer: Gazetteer) -> None:
    rows = resolve(gazetteer, "They moved to Medicine Hat, Alta. In June they left.", "Alta")
    assert rows["Alta"].country == "CA"
    rows = resolve(gazetteer, "They moved to Alta in Norway.", "Alta", "Norway")
    assert rows["Alta"].country == "NO"


@pytest.mark.parametrize(
    ("dateline", "kind", "country"),
    [("NEW YORK", "city", "US"), ("WASHINGTON", "city", "US"), ("KOELN", "city", "DE")],
)
def test_a_dateline_is_the_city_and_not_its_division(
    gazetteer: Gazetteer, dateline: str, kind: str, country: str
) -> None:
    row = resolve(gazetteer, f"{dateline} - Shares rose.", dateline)[dateline]
    assert (row.kind, row.country) == (kind, country)


def test_what_holds_a_town_is_the_one_that_has_such_a_town(gazetteer: Gazetteer) -> None:
    text = "He moved from Los Angeles, Calif., to Waterloo, Ontario."
    rows = resolve(gazetteer, text, "Los Angeles", "Calif", "Waterloo", "Ontario")
    assert (rows["Ontario"].kind, rows["Ontario"].country) == ("admin1", "CA")


def test_an_ocean_is_no_village_that_bears_its_name(gazetteer: Gazetteer) -> None:
    text = "Storms crossed the Pacific and hit Oregon, Seattle and Tacoma."
    rows = resolve(gazetteer, text, "Pacific", "Oregon", "Seattle", "Tacoma")
    assert rows["Pacific"].kind == "feature"


def test_regions_and_waters_have_points_and_kinds(gazetteer: Gazetteer) -> None:
    text = "Ships left the Red Sea for the Horn of Africa; fighting went on in Darfur."
    rows = resolve(gazetteer, text, "Red Sea", "Horn of Africa", "Darfur")
    assert [row.kind for row in rows.values()] == ["feature", "region", "region"]
    assert all(row.latitude is not None for row in rows.values())


def test_an_unknown_village_stays_open_and_hurts_no_other(gazetteer: Gazetteer) -> None:
    alone = resolve(gazetteer, "Shells fell on Idlib.", "Idlib")["Idlib"]
    rows = resolve(gazetteer, "Shells fell on Zarbandigul and Idlib.", "Zarbandigul", "Idlib")
    village = rows["Zarbandigul"]
    assert (village.geonameid, village.latitude, village.kind, village.score) == (None,) * 4
    assert rows["Idlib"].geonameid == alone.geonameid


def test_a_part_or_a_kind_leads_to_the_whole(gazetteer: Gazetteer) -> None:
    text = "Trade in southern Chile and in Sokoto State fell."
    rows = resolve(gazetteer, text, "southern Chile", "Sokoto State")
    south = rows["southern Chile"]
    assert (south.geonameid, south.country, south.kind) == (None, "CL", "region")
    assert rows["Sokoto State"].country == "NG"


def test_a_site_lies_in_its_town_without_its_id(gazetteer: Gazetteer) -> None:
    text = "A bus hit a wall in Mill Lane, Whitby. Whitby police closed the road."
    rows = resolve(gazetteer, text, "Mill Lane", "Whitby")
    lane, town = rows["Mill Lane"], rows["Whitby"]
    assert (lane.latitude, lane.longitude) == (town.latitude, town.longitude)
    assert (lane.geonameid, lane.kind, lane.rule) == (None, "feature", "site-in-town")
    assert town.geonameid is not None


def test_a_site_without_a_town_stays_open(gazetteer: Gazetteer) -> None:
    assert (
        resolve(gazetteer, "A bus hit a wall in Mill Lane.", "Mill Lane")["Mill Lane"].rule is None
    )


def test_a_site_confirms_no_namesake_of_its_town(gazetteer: Gazetteer) -> None:
    text = "He was held in Paris City Hall. Paris lies in Henry County, Tenn., near Murray, Ky."
    rows = resolve(gazetteer, text, "Paris City Hall", "Paris", "Henry County", "Tenn.", "Ky.")
    assert rows["Paris"].country == "US"


def test_no_article_is_about_a_town_that_is_called_a_square(gazetteer: Gazetteer) -> None:
    text = "A bus hit a wall in Mill Lane. Its driver is from Kennett Square, Pa., they said."
    rows = resolve(gazetteer, text, "Mill Lane", "Kennett Square", "Pa.")
    assert rows["Kennett Square"].latitude is not None
    assert rows["Mill Lane"].latitude is None


def test_a_common_name_of_a_country_may_be_a_town(gazetteer: Gazetteer) -> None:
    names = {found.entry.country for found in gazetteer.candidates("Palestine", ["Texas"])}
    assert names == {"PS", "US"}


def test_bare_compass_words_are_no_villages(gazetteer: Gazetteer) -> None:
    assert resolve(gazetteer, "Relations with the West froze.", "West")["West"].latitude is None


def test_numbers_are_rounded_to_four_digits(gazetteer: Gazetteer) -> None:
    row = resolve(gazetteer, "He flew to Lahore.", "Lahore")["Lahore"]
    for number in (row.latitude, row.longitude, row.score, row.margin):
        assert number == round(number or 0.0, 4)


def test_no_places_give_no_rows(gazetteer: Gazetteer) -> None:
    assert gazetteer.resolve(blank_tokens("Nothing is named."), []) == []


def test_cues_are_read_outside_of_what_is_taken() -> None:
    ohio = Entry(5, "Ohio", "admin1", "US", 0, 0, 40.0, -83.0, 0, 7.0)
    read = CueReader({"Ohio": ohio}).read
    assert read("Fans of Ohio State cheered.", []) == [ohio]
    assert read("Ohio's fans cheered.", []) == [ohio]
    assert read("Ohio cheered.", [(0, 4)]) == []


# --- own places ----------------------------------------------------------------------------------


def own_file(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "places.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_own_places_win_over_the_gazetteer(tmp_path: Path, gazetteer: Gazetteer) -> None:
    path = own_file(
        tmp_path,
        "name,latitude,longitude,kind,country",
        "Zarbandigul,34.5,70.1,city,AF",
        "Paris,1.5,2.5,feature,",
    )
    mine = Gazetteer(gazetteer._store, extra=read_own_places(path))
    rows = resolve(mine, "Shells fell on Zarbandigul near Paris.", "Zarbandigul", "Paris")
    village = rows["Zarbandigul"]
    assert (village.latitude, village.longitude, village.country) == (34.5, 70.1, "AF")
    assert (village.kind, village.geonameid, village.rule) == ("city", None, "user:places.csv")
    assert (rows["Paris"].latitude, rows["Paris"].kind) == (1.5, "feature")
    assert mine.prominence("Zarbandigul") > 0.5


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["name,latitude,kind"], "places.csv, line 1: no column 'longitude'"),
        ([""], "line 1: no column 'name'"),
        (["name,latitude,longitude,kind", "Xi,95,0,city"], "line 2: latitude '95' is no number"),
        (["name,latitude,longitude,kind", "Xi,1,x,city"], "line 2: longitude 'x' is no number"),
        (["name,latitude,longitude,kind", "Xi,nan,1,city"], "line 2: latitude 'nan'"),
        (["name,latitude,longitude,kind", "Xi,1,2,town"], "line 2: kind 'town' is none of country"),
        (["name,latitude,longitude,kind", ",1,2,city"], "line 2: the name is empty"),
        (
            ["name,latitude,longitude,kind,country", "Xi,1,2,city,China"],
            "line 2: country 'China' is no ISO code",
        ),
        (
            ["name,latitude,longitude,kind", "Xi,1,2,city", "xi,3,4,city"],
            "line 3: 'xi' stands on line 2 too",
        ),
    ],
)
def test_a_bad_line_is_named_with_its_file(tmp_path: Path, lines: list[str], message: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_own_places(own_file(tmp_path, *lines))
    assert message in str(caught.value)


def test_a_missing_file_of_own_places_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nowhere\.csv"):
        read_own_places(tmp_path / "nowhere.csv")


# --- explaining ----------------------------------------------------------------------------------


def test_candidates_come_with_their_reasons(gazetteer: Gazetteer) -> None:
    first, *rest = gazetteer.candidates("Springfield", ["Holyoke", "Chicopee"])
    assert first.entry.id == 4951788
    assert rest
    assert any("support" in reason for reason in first.reasons)
    assert gazetteer.candidates("Zarbandigul") == []


def test_own_places_keep_their_values() -> None:
    place = OwnPlace("Xi", 1.0, 2.0, "city")
    assert place.country is None
