"""The settings, read from the environment or .env, with all faults told at once."""

from __future__ import annotations

import os
import re
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Final, Literal

from dotenv import dotenv_values
from pydantic import BaseModel, Field, ValidationError, validator
from pydantic.fields import ModelField

from bot.core.errors import SettingsError
from bot.core.setting_forms import FORMS, PROVIDERS

PROJECT_ROOT: Final = Path(__file__).resolve().parent.parent
NLU_FOLDER: Final = PROJECT_ROOT / "data" / "nlu"
GOLDEN_FOLDER: Final = PROJECT_ROOT / "golden"


class Settings(BaseModel):
    """Every setting with its default; an empty value means the default."""

    HOST: str = Field(
        "127.0.0.1",
        description="Address the gateway listens on; 0.0.0.0 for all networks.",
    )
    PORT: int = Field(
        8000, ge=1, le=65535, description="Port of the gateway, the only public one."
    )
    RASA_PORT: int = Field(
        5005, ge=1, le=65535, description="Port of rasa, on loopback only."
    )
    ACTIONS_PORT: int = Field(
        5055, ge=1, le=65535, description="Port of the action server, on loopback only."
    )
    DATA_DIR: Path = Field(
        PROJECT_ROOT / "var",
        description="Folder of the database and the keys. Keep it private.",
    )
    DATABASE_URL: str = Field(
        "",
        description="Database; empty: SQLite in DATA_DIR. PostgreSQL: postgresql://...",
    )
    KNOWLEDGE_DIR: Path = Field(
        PROJECT_ROOT / "knowledge", description="Folder that staff edit."
    )
    MODEL_DIR: Path = Field(
        PROJECT_ROOT / "models", description="Folder of the trained model."
    )
    RETRAIN_AFTER_SECONDS: int = Field(
        60, ge=0, description="Changed questions are learned after this rest; 0: never."
    )
    THRESHOLDS_FILE: Path = Field(
        PROJECT_ROOT / "bot" / "services" / "thresholds.json",
        description="How sure an answer must be; `python -m bot calibrate` writes it.",
    )
    SECRET_KEY: str = Field(
        "",
        description=(
            "At least 32 characters; empty: made on first start, kept in DATA_DIR."
        ),
    )
    PUBLIC_URL: str = Field(
        "",
        description="Address at which the gateway is reached from outside: https://...",
    )
    WHATSAPP_PHONE_NUMBER_ID: str = Field(
        "", description="WhatsApp by Meta's Cloud API: the number's id, digits."
    )
    WHATSAPP_TOKEN: str = Field(
        "", description="Cloud API: the system user's permanent access token."
    )
    WHATSAPP_APP_SECRET: str = Field(
        "", description="Cloud API: the app's secret, by which webhooks are signed."
    )
    WHATSAPP_VERIFY_TOKEN: str = Field(
        "", description="Cloud API: a word of your choice, also given to Meta."
    )
    WHATSAPP_API_URL: str = Field(
        "https://graph.facebook.com/v26.0",
        description="Cloud API: address with the version.",
    )
    WHATSAPP_TEMPLATE: str = Field(
        "",
        description="Cloud API: approved template for staff's replies after a day.",
    )
    WHATSAPP_TEMPLATE_LANGUAGES: str = Field(
        "en,es", description="Cloud API: languages that the template is approved in."
    )
    WHATSAPP_MONTHLY_ALERT: int = Field(
        0,
        ge=0,
        description="WhatsApp messages a month after which staff are told; 0: never.",
    )
    TWILIO_ACCOUNT_SID: str = Field(
        "", description="WhatsApp by Twilio: the account's SID, AC..."
    )
    TWILIO_AUTH_TOKEN: str = Field("", description="Twilio: the auth token.")
    TWILIO_NUMBER: str = Field(
        "", description="Twilio: the number people write to, +12015550123."
    )
    TWILIO_API_URL: str = Field(
        "https://api.twilio.com", description="Twilio: address of its API."
    )
    TWILIO_CONTENT_URL: str = Field(
        "https://content.twilio.com", description="Twilio: address of its Content API."
    )
    TWILIO_TEMPLATE_SID: str = Field(
        "", description="Twilio: content SID of such an approved template, HX..."
    )
    STAFF_CONSOLE: Literal["on", "off"] = Field(
        "on", description="on | off. The staff console at /staff."
    )
    STAFF_NETWORKS: str = Field(
        "",
        description="Networks that may reach /staff: 192.0.2.0/24, ...; empty: all.",
    )
    NOTIFY_URLS: str = Field(
        "",
        description="Where staff are told of requests: Apprise addresses, commas.",
    )
    HANDOFF_SILENCE_MINUTES: int = Field(
        1440,
        ge=5,
        le=10080,
        description="Minutes a visitor waits for a person until the assistant goes on.",
    )
    REQUEST_DAYS: int = Field(
        90,
        ge=1,
        le=3650,
        description="Days after its last change until a request is deleted.",
    )
    ALLOWED_ORIGINS: str = Field(
        "",
        description="Websites that may embed the chat, with commas: https://office.example",
    )
    RATE_LIMITS: Literal["on", "off"] = Field(
        "on", description="on | off. Off only for measuring on your own machine."
    )
    REQUIRE_APPROVED: bool = Field(
        False, description="1: hide entries that no attorney has approved."
    )
    RETENTION_HOURS: int = Field(
        48,
        ge=1,
        le=8760,
        description="Hours after the last message until a conversation is deleted.",
    )

    KEEP_MISSES: Literal["on", "off"] = Field(
        "on",
        description="on | off. Masked questions that got no answer, kept 30 days.",
    )

    class Config:
        """Frozen, and no setting that we do not know."""

        allow_mutation = False
        extra = "ignore"

    @validator("SECRET_KEY")
    @classmethod
    def _secret_is_long(cls, value: str) -> str:
        if value and len(value) < 32:
            raise ValueError("must have at least 32 characters, or be empty")
        return value

    @validator("STAFF_NETWORKS")
    @classmethod
    def _networks_are_networks(cls, value: str) -> str:
        for part in filter(None, map(str.strip, value.split(","))):
            try:
                ip_network(part)
            except ValueError:
                raise ValueError(
                    "each must be a network such as 192.0.2.0/24"
                ) from None
        return value

    @validator(*FORMS)
    @classmethod
    def _looks_right(cls, value: str, field: ModelField) -> str:
        pattern, words = FORMS[field.name]
        if not re.fullmatch(pattern, value):
            raise ValueError(words)
        return value

    @property
    def notify_urls(self) -> tuple[str, ...]:
        """The addresses at which staff are told of news."""
        # An address may hold commas: the next one begins where a scheme does.
        parts = re.split(r"[\s,]+(?=[a-z][a-z0-9+.-]*://)", self.NOTIFY_URLS)
        return tuple(part for part in (each.strip(", \n") for each in parts) if part)

    @property
    def template_languages(self) -> tuple[str, ...]:
        """The languages that Meta approved the template in."""
        return tuple(map(str.strip, self.WHATSAPP_TEMPLATE_LANGUAGES.split(",")))

    @property
    def staff_networks(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """The networks that may reach the staff console; none: all."""
        parts = map(str.strip, self.STAFF_NETWORKS.split(","))
        return tuple(ip_network(part) for part in parts if part)

    @property
    def origins(self) -> frozenset[str]:
        """The websites that may embed the chat."""
        parts = (part.strip().rstrip("/") for part in self.ALLOWED_ORIGINS.split(","))
        return frozenset(part for part in parts if part)

    @property
    def database_url(self) -> str:
        """The database's address, also where it is the embedded default."""
        return self.DATABASE_URL or f"sqlite:///{self.DATA_DIR / 'rights_desk.db'}"


def load_settings(environment: dict[str, str] | None = None) -> Settings:
    """Return the settings of the environment and of .env beside the project.

    Raises:
        SettingsError: naming every setting that is wrong and what to write.
    """
    if environment is None:
        from_file = {
            k: v or "" for k, v in dotenv_values(PROJECT_ROOT / ".env").items()
        }
        environment = {**from_file, **os.environ}
    given = {
        name: environment[name] for name in Settings.__fields__ if environment.get(name)
    }
    try:
        settings = Settings.parse_obj(given)
    except ValidationError as error:
        raise SettingsError(
            [
                f"{row['loc'][0]}: {row['msg']}. {_meaning(str(row['loc'][0]))}"
                for row in error.errors()
            ]
        ) from None
    if problems := _half_given(settings):
        raise SettingsError(problems)
    return settings


def _half_given(settings: Settings) -> list[str]:
    problems = []
    for own, also in PROVIDERS:
        if any(getattr(settings, name) for name in own):
            problems += [
                f"{name}: is missing beside the others. {_meaning(name)}"
                for name in (*own, *also)
                if not getattr(settings, name)
            ]
    return problems


def _meaning(name: str) -> str:
    return str(Settings.__fields__[name].field_info.description)


def example_file() -> str:
    """Return the text of .env.example: every setting, its meaning and its default."""
    lines = ["# Copy to .env and change what you need. Empty means the default."]
    for name, setting in Settings.__fields__.items():
        default = setting.default
        if isinstance(default, Path):
            default = default.relative_to(PROJECT_ROOT)
        if isinstance(default, bool):
            default = int(default)
        lines += [
            "",
            f"# {setting.field_info.description} Default: {default or 'empty'}",
            f"{name}=",
        ]
    return "\n".join(lines) + "\n"
