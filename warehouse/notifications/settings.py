"""Where messages go: `MINSHENG_NOTIFY_*` in the environment, or files so called in a folder of secrets."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal, Self

from pydantic import SecretStr, ValidationError, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SecretsSettingsSource,
    SettingsConfigDict,
)

from warehouse.errors import MinshengError
from warehouse.settings import Settings

# Where containers find their secrets; MINSHENG_SECRETS names another folder.
_SECRETS = "/run/secrets"


class NotificationSettings(BaseSettings):
    """The channels of one installation; each is off until it is set. The outbox is always on.

    The address of a webhook holds its token, so it is a secret too.
    """

    # Without hide_input_in_errors a fault in one setting would print the others into the log.
    model_config = SettingsConfigDict(env_prefix="MINSHENG_NOTIFY_", frozen=True, hide_input_in_errors=True)

    smtp_host: str | None = None
    smtp_port: int = 587
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str | None = None
    smtp_password: SecretStr | None = None
    mail_from: str | None = None
    mail_to: str | None = None
    """Addresses, with commas between them."""
    dingtalk_webhook: SecretStr | None = None
    dingtalk_secret: SecretStr | None = None
    """The key (加签) that DingTalk shows beside the webhook: every message is signed with it."""
    wecom_webhook: SecretStr | None = None
    timeout_seconds: float = 10.0
    """How long a channel may be silent before an attempt has failed."""
    attempts: int = 3
    """How often a message is tried through a channel that fails for the moment."""
    retry_seconds: float = 1.0
    """The wait before the second attempt; it doubles with each one."""
    quiet_minutes: float = 60.0
    """How long after a message of an incident a changed text waits before it is a message again."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the environment outrank the files of the folder that MINSHENG_SECRETS names."""
        folder = Path(os.environ.get("MINSHENG_SECRETS", _SECRETS))
        files = [SecretsSettingsSource(settings_cls, secrets_dir=folder)] if folder.is_dir() else []
        return init_settings, env_settings, *files

    @model_validator(mode="after")
    def _are_complete(self) -> Self:
        needs = {
            "smtp_host": ("mail_from", "mail_to"),
            "smtp_user": ("smtp_password",),
            "dingtalk_webhook": ("dingtalk_secret",),
        }
        for name, others in needs.items():
            missing = [other for other in others if getattr(self, other) is None]
            if getattr(self, name) is not None and missing:
                raise ValueError(f"{name} is set, and {missing[0]} is not")
        return self


class _OwnSettings(NotificationSettings):
    """The channels of one district among several: from its folder alone, never from the environment."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read the folder that the caller names."""
        return init_settings, file_secret_settings


def load(settings: Settings) -> NotificationSettings:
    """Read the settings; raises MinshengError, which shows no value, where they are wrong.

    A district with a folder of its own (`notices`) has what the files in it say, and nothing else.
    """
    try:
        if settings.notices is None:
            return NotificationSettings()
        if not settings.notices.is_dir():
            raise MinshengError(
                f"There is no folder {settings.notices}, which says where messages go: make it, empty for no "
                "channel, or remove `notices` from the list of districts"
            )
        return _OwnSettings(_secrets_dir=settings.notices)  # type: ignore[call-arg]
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(str(part) for part in fault['loc']) or 'MINSHENG_NOTIFY_*'}: {fault['msg']}"
            for fault in error.errors(include_input=False, include_context=False)
        )
        raise MinshengError(f"The settings of the notifications are wrong: {faults}") from None
