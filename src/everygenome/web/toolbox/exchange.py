"""Tools as others describe them: CITATION.cff, codemeta.json, bio.tools JSON, in and out.

What a format has no place for is left out, never squeezed in elsewhere. Reading takes what is
understood; what an entry needs beyond that comes from the entry itself, or from a curator.
"""

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import yaml

from everygenome.errors import InputError
from everygenome.web.collections import reading

if TYPE_CHECKING:
    from everygenome.web.collections.models import Item

_SPDX = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]*( (OR|AND|WITH) [A-Za-z0-9][A-Za-z0-9.+-]*)*")
_SPDX_ADDRESS = re.compile(r"^https?://(www\.)?spdx\.org/licenses/")
_NO_LICENCE = {"none stated", "conflict", "other", ""}
_WHOLE_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SENTENCE = re.compile(r"(?<=[.!?])\s")
_CODEMETA = "https://w3id.org/codemeta/3.0"
_LONGEST_PURPOSE, _LONGEST_NAME, _LONGEST_MAINTAINER = 300, 160, 200
_REPOSITORIES = ("github.com", "gitlab.com", "bitbucket.org", "codeberg.org")


def to_cff(item: "Item", base: str) -> str:
    """An entry as CITATION.cff 1.2.0."""
    data = item.data
    release = data.get("latest_release", {})
    said = {
        "cff-version": "1.2.0",
        "message": f"As described at {base}{item.address}; please check it with its authors.",
        "title": item.title,
        "type": "dataset" if data.get("kind") == "dataset" else "software",
        # The format wants somebody; we name nobody whom the entry does not name.
        "authors": [{"name": data.get("maintainer", "authors not stated")}],
        "abstract": data.get("purpose"),
        "url": data.get("url"),
        "repository-code": data.get("repository"),
        "license": _licence(data) if " " not in _licence(data) else None,
        "version": release.get("version"),
        "date-released": _day(release.get("date")),
        "doi": _doi(data.get("doi")),
    }
    return yaml.safe_dump(_held(said), sort_keys=False, allow_unicode=True, width=90)


def to_codemeta(item: "Item", base: str) -> str:
    """An entry as codemeta.json 3.0."""
    data = item.data
    release = data.get("latest_release", {})
    licence, doi = _licence(data), _doi(data.get("doi"))
    one = licence and " " not in licence
    said = {
        "@context": _CODEMETA,
        "@type": "SoftwareSourceCode",
        "name": item.title,
        "description": data.get("purpose"),
        "url": data.get("url"),
        "codeRepository": data.get("repository"),
        "license": f"https://spdx.org/licenses/{licence}" if one else licence,
        "version": release.get("version"),
        "dateModified": release.get("date"),
        "identifier": f"https://doi.org/{doi}" if doi else None,
        "maintainer": {"@type": "Organization", "name": data["maintainer"]}
        if "maintainer" in data
        else None,
        "sameAs": base + item.address,
    }
    return _json(said)


def to_biotools(item: "Item", base: str) -> str:
    """An entry as JSON of bio.tools, without the names that only bio.tools gives."""
    data = item.data
    repository, doi = data.get("repository"), _doi(data.get("doi"))
    release = data.get("latest_release", {})
    said = {
        "name": item.title,
        "description": data.get("purpose"),
        "homepage": data.get("url") or repository or base + item.address,
        "version": [release["version"]] if "version" in release else None,
        "license": _licence(data) if " " not in _licence(data) else None,
        "link": [{"url": repository, "type": ["Repository"]}] if repository else None,
        "publication": [{"doi": doi}] if doi else None,
        "credit": [{"name": data["maintainer"], "typeRole": ["Maintainer"]}]
        if "maintainer" in data
        else None,
    }
    return _json(said)


def from_cff(text: str) -> list[Mapping[str, Any]]:
    """The entry that a CITATION.cff tells of.

    Raises:
        InputError: it is no CITATION.cff.
    """
    said = reading.from_yaml(text)
    if not isinstance(said, Mapping) or "cff-version" not in said:
        raise InputError("This is no CITATION.cff: it has no cff-version.")
    identifiers = [one for one in _list(said.get("identifiers")) if isinstance(one, Mapping)]
    doi = said.get("doi") or next(
        (one.get("value") for one in identifiers if one.get("type") == "doi"), None
    )
    licences = [_text(one) for one in _list(said.get("license"))]
    return [
        _entry(
            name=said.get("title"),
            purpose=said.get("abstract"),
            url=said.get("url"),
            repository=said.get("repository-code") or said.get("repository"),
            licence=" OR ".join(one for one in licences if one),
            doi=doi,
            version=said.get("version"),
            released=said.get("date-released"),
            maintainer=_names(said.get("authors")),
        )
    ]


def from_codemeta(text: str) -> list[Mapping[str, Any]]:
    """The entry that a codemeta.json tells of.

    Raises:
        InputError: it is no codemeta.json.
    """
    said = reading.from_json(text)
    if not isinstance(said, Mapping) or "codemeta" not in json.dumps(said.get("@context", "")):
        raise InputError("This is no codemeta.json: its @context does not name CodeMeta.")
    licence = said.get("license")
    licence = licence.get("url") or licence.get("@id") if isinstance(licence, Mapping) else licence
    doi = next((_text(one) for one in _list(said.get("identifier")) if "10." in _text(one)), None)
    return [
        _entry(
            name=said.get("name"),
            purpose=said.get("description"),
            url=said.get("url"),
            repository=said.get("codeRepository"),
            licence=_SPDX_ADDRESS.sub("", _text(licence)).removesuffix(".html"),
            doi=doi,
            version=said.get("version") or said.get("softwareVersion"),
            released=said.get("dateModified") or said.get("datePublished"),
            maintainer=_names(said.get("maintainer") or said.get("author")),
        )
    ]


def from_biotools(text: str) -> list[Mapping[str, Any]]:
    """The entries that JSON of bio.tools tells of: one, or a list as its API answers.

    Raises:
        InputError: it is no JSON of bio.tools.
    """
    said = reading.from_json(text)
    rows = said.get("list", [said]) if isinstance(said, Mapping) else said
    if not isinstance(rows, list) or not all(
        isinstance(row, Mapping) and "name" in row and "homepage" in row for row in rows
    ):
        raise InputError("This is no JSON of bio.tools: each entry has a name and a homepage.")
    return [_of_biotools(row) for row in rows]


def _of_biotools(row: Mapping[str, Any]) -> Mapping[str, Any]:
    links = [one for one in _list(row.get("link")) if isinstance(one, Mapping)]
    repository = next(
        (one.get("url") for one in links if "Repository" in _list(one.get("type"))), None
    )
    homepage = _text(row.get("homepage"))
    if not repository and any(f"://{host}/" in homepage for host in _REPOSITORIES):
        repository = homepage
    papers = [one for one in _list(row.get("publication")) if isinstance(one, Mapping)]
    credits = [one for one in _list(row.get("credit")) if isinstance(one, Mapping)]
    keepers = [one for one in credits if "Maintainer" in _list(one.get("typeRole"))]
    versions = [_text(one) for one in _list(row.get("version"))]
    return _entry(
        name=row.get("name"),
        purpose=row.get("description"),
        url=homepage,
        repository=repository,
        licence=row.get("license"),
        doi=next((one.get("doi") for one in papers if one.get("doi")), None),
        version=versions[-1] if versions else None,
        released=None,
        maintainer=_names(keepers),
    )


def _entry(
    *,
    name: Any,
    purpose: Any,
    url: Any,
    repository: Any,
    licence: Any,
    doi: Any,
    version: Any,
    released: Any,
    maintainer: str,
) -> Mapping[str, Any]:
    """Fields of ours; what the file does not say, or not in a form that we know, is left out."""
    licence = _text(licence)
    release = {"version": _text(version)[:60], "date": _day(_text(released)[:10])}
    said = {
        "name": _cut(_text(name), _LONGEST_NAME),
        "purpose": _first_sentence(_text(purpose)),
        "url": _web(url),
        "repository": _web(repository),
        "licence": {"id": licence} if _SPDX.fullmatch(licence) and len(licence) <= 60 else None,
        "doi": _doi(doi),
        "latest_release": _held(release) if release["version"] else None,
        "maintainer": maintainer,
    }
    return _held(said)


def _names(people: Any) -> str:
    """Names of people and organisations, as many as there is room for."""
    names = []
    for one in _list(people):
        if not isinstance(one, Mapping):
            names.append(_text(one))
            continue
        given = one.get("given-names") or one.get("givenName")
        family = one.get("family-names") or one.get("familyName")
        parts = [_text(part) for part in (given, family)]
        names.append(_text(one.get("name")) or " ".join(part for part in parts if part))
    names = [name for name in names if name]
    made = ", ".join(names)
    while len(made) > _LONGEST_MAINTAINER and len(names) > 1:
        names.pop()
        made = ", ".join(names) + " and others"
    return _cut(made, _LONGEST_MAINTAINER)


def _first_sentence(text: str) -> str:
    """The first sentences, as far as they fit."""
    text = " ".join(text.split())
    made = ""
    for sentence in _SENTENCE.split(text):
        longer = f"{made} {sentence}".strip()
        if len(longer) > _LONGEST_PURPOSE:
            break
        made = longer
    return made or _cut(text, _LONGEST_PURPOSE)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _licence(data: Mapping[str, Any]) -> str:
    """An SPDX identifier, or nothing."""
    found = data.get("licence", {}).get("id", "")
    return "" if found in _NO_LICENCE or not _SPDX.fullmatch(found) else found


def _doi(value: Any) -> str:
    bare = _text(value).rpartition("doi.org/")[2].removeprefix("doi:").strip()
    return bare if bare.startswith("10.") else ""


def _day(value: Any) -> str | None:
    return value if isinstance(value, str) and _WHOLE_DAY.fullmatch(value) else None


def _web(value: Any) -> str:
    text = _text(value).removeprefix("git+")
    return text if text.startswith(("https://", "http://")) else ""


def _text(value: Any) -> str:
    if isinstance(value, Mapping):
        value = value.get("value") or value.get("@id") or ""
    # Files from elsewhere hold anything; what is no text or number says nothing here.
    return str(value).strip() if isinstance(value, str | int | float) else ""


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _held(said: Mapping[str, Any]) -> dict[str, Any]:
    """Without what holds nothing."""
    return {name: value for name, value in said.items() if value not in (None, "")}


def _json(said: Mapping[str, Any]) -> str:
    return json.dumps(_held(said), ensure_ascii=False, indent=2) + "\n"
