"""Settings, read once from the environment, frozen, and passed in.

| variable | meaning | default |
|---|---|---|
| EVERYGENOME_STORE | folder of the releases | the user's data folder |
| EVERYGENOME_KEEP_RELEASES | how many releases to keep | all |
| EVERYGENOME_CATALOGUE_URL | base address of the catalogue's files | the catalogue's own |
| EVERYGENOME_SECRET_KEY | the web site's secret | made once, kept in the store |
| EVERYGENOME_ALLOWED_HOSTS | names of the site, comma-separated | this machine only |
| EVERYGENOME_QUERY_SECONDS | how long one statement of a question may run on the web site | 10 |
| EVERYGENOME_RATE_LIMIT | API requests a minute, by address and worker process; 0: no limit | 120 |
| EVERYGENOME_SITE_URL | address of the site, for links in mails and feeds | as it was called |
| EVERYGENOME_MAIL_URL | mail server or provider: `smtps://USER:PASSWORD@HOST` | mails are printed |
| EVERYGENOME_MAIL_FROM | sender of mails | everygenome at the name of the site |
| EVERYGENOME_NCBI_API_KEY | key for PubMed's grant lists, ten requests a second | three a second |
| EVERYGENOME_CONTACT_KEYS | keys that seal addresses, with commas | made once, kept in the store |
| EVERYGENOME_APART | folder of what no backup may hold: keys and index of stories | in the store |
| EVERYGENOME_REPORT_RECEIVERS | two addresses that readers' reports go to, comma-separated | none |
| EVERYGENOME_CONTACT | e-mail address of who runs this, told to NCBI and shown for replies | none |
| EVERYGENOME_FREQUENCIES | folders made by `variants prepare`, for the page on variants | none |
| EVERYGENOME_GENE_BARS | table of bars by gene, for the same page | none |
| DATABASE_URL | the web site's database | SQLite in the store |
"""

import os
from functools import cache
from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict


class SettingError(ValueError):
    """An environment variable holds what it cannot hold; the command line prints it."""


def _data_folder() -> Path:
    home = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(home) / "everygenome"


class Settings(BaseSettings):
    """All settings; unknown ones are no settings, wrong ones are an error."""

    model_config = SettingsConfigDict(
        env_prefix="EVERYGENOME_",
        frozen=True,
        extra="ignore",
        # An empty variable is no setting; an empty store would be the folder one stands in.
        env_ignore_empty=True,
    )

    store: Path = Field(default_factory=_data_folder)
    keep_releases: int | None = Field(default=None, ge=1)
    catalogue_url: str | None = None
    secret_key: str | None = None
    allowed_hosts: str = ""
    query_seconds: float = Field(default=10, gt=0)
    rate_limit: int = Field(default=120, ge=0)
    site_url: str | None = Field(default=None, pattern=r"^https?://[^\s/?#@]+/?$")
    mail_url: str | None = None
    mail_from: str | None = None
    ncbi_api_key: str | None = None
    contact: str | None = Field(default=None, pattern=r"^[^@\s]+@[^@\s]+$")
    contact_keys: str | None = None
    apart: Path | None = None
    report_receivers: str = Field(default="", pattern=r"^([^@\s,]+@[^@\s,]+(,\s*|$)){0,2}$")
    frequencies: str = ""
    gene_bars: Path | None = None
    database_url: str | None = Field(default=None, validation_alias="DATABASE_URL")

    @property
    def receivers(self) -> list[str]:
        """The addresses that readers' reports go to."""
        return [part.strip() for part in self.report_receivers.split(",") if part.strip()]

    @property
    def frequency_stores(self) -> list[Path]:
        """The folders of allele frequencies, each once, in their order."""
        named = [part.strip() for part in self.frequencies.split(",") if part.strip()]
        return [Path(part).expanduser() for part in dict.fromkeys(named)]


@cache
def settings() -> Settings:
    """The settings of this process.

    Raises:
        SettingError: a variable holds what it cannot hold; the message names it.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0])
        variable = name if name.isupper() else f"EVERYGENOME_{name.upper()}"
        raise SettingError(
            f"The environment variable {variable} cannot be used: {first['msg']}. Unset it or "
            "mend it."
        ) from error
