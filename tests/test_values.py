"""Frozen dataclasses that are quick to make: they do as those of the standard library do."""

import copy
import pickle
from dataclasses import FrozenInstanceError, asdict, field, fields, replace

import pytest

from explorer.values import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    """A place."""

    x: int
    y: int = 0
    names: list[str] = field(default_factory=list, hash=False)
    seen: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Something with a name."""

    name: str = "nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Titled(Named):
    """Something with a title as well."""

    title: str

    def __post_init__(self):
        object.__setattr__(self, "title", self.title.upper())


@dataclass(frozen=True)
class Nothing:
    """Without fields."""


def test_fields_are_given_by_place_or_by_name_and_have_what_stands_for_them():
    assert (Point(1).x, Point(1).y, Point(1, 2).y, Point(x=3).x) == (1, 0, 2, 3)
    assert Point(1).names == []
    assert Point(1).names is not Point(1).names


@pytest.mark.parametrize(
    "given", [Point, lambda: Point(1, z=2), lambda: Titled("x"), lambda: Nothing(1)]
)
def test_what_is_missing_or_too_much_is_refused(given):
    with pytest.raises(TypeError):
        given()


def test_it_stays_as_it_was_made():
    point = Point(1)
    with pytest.raises(FrozenInstanceError):
        point.x = 2
    with pytest.raises(FrozenInstanceError):
        del point.x
    with pytest.raises(FrozenInstanceError):
        point.z = 2
    assert point == Point(1)


def test_two_are_equal_when_what_is_compared_is_and_their_classes_are_the_same():
    assert Point(1, seen="a") == Point(1, seen="b")
    assert Point(1) != Point(2)
    assert Named(name="x") != Titled(name="x", title="y")
    assert Point(1) != (1, 0, [])
    assert Nothing() == Nothing()


def test_equal_ones_are_one_in_a_set():
    assert len({Point(1, names=["a"]), Point(1, names=["a"]), Point(2)}) == 2
    assert hash(Nothing()) == hash(Nothing())


def test_it_shows_its_fields():
    assert repr(Point(1, seen="a")) == "Point(x=1, y=0, names=[])"
    assert repr(Nothing()) == "Nothing()"


def test_it_may_finish_itself_and_inherit():
    titled = Titled(title="dr")
    assert (titled.name, titled.title) == ("nobody", "DR")
    assert isinstance(titled, Named)


def test_the_standard_library_knows_it():
    assert [f.name for f in fields(Titled)] == ["name", "title"]
    assert replace(Point(1, 2), x=5) == Point(5, 2)
    assert asdict(Named(name="x")) == {"name": "x"}
    assert not hasattr(Point(1), "__dict__")


@pytest.mark.parametrize("one", [Point(1, 2, ["a"], "b"), Titled(title="X"), Nothing()])
def test_it_is_the_same_when_it_was_pickled_or_copied(one):
    assert pickle.loads(pickle.dumps(one)) == one
    assert copy.deepcopy(one) == one
    assert copy.copy(one) is not one


def test_what_a_class_has_of_its_own_is_kept():
    @dataclass(frozen=True)
    class Shy:
        """Says nothing."""

        x: int

        def __repr__(self):
            return "…"

    assert repr(Shy(1)) == "…"
