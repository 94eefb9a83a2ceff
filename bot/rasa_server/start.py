"""Starts Rasa: no TensorFlow, no telemetry, one private channel, our own stores."""

from __future__ import annotations

import ctypes
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from bot.core.errors import BotError
from bot.core.quiet_memory import settle
from bot.knowledge.encoder import share_table
from bot.knowledge.entry_pairs import stamp_of
from bot.rasa_server import import_hook
from bot.settings import PROJECT_ROOT, Settings, load_settings
from bot.storage.keys import internal_secret

_SAFE_ENVIRONMENT = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SANIC_REQUEST_MAX_SIZE": "16384",
    "SANIC_WEBSOCKET_MAX_SIZE": "8192",
    "PYTHONWARNINGS": "ignore",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "LOG_LEVEL_LIBRARIES": "ERROR",
}


def prepare(settings: Settings) -> None:
    """Set the environment that all of Rasa needs; call this before importing Rasa."""
    import warnings

    warnings.simplefilter("ignore")
    os.environ.update(_SAFE_ENVIRONMENT)
    os.environ.setdefault("LOG_LEVEL", "INFO")
    os.environ["INTERNAL_SECRET"] = internal_secret(settings)
    os.environ["ACTIONS_URL"] = f"http://127.0.0.1:{settings.ACTIONS_PORT}/webhook"
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    import_hook.install()


def encoder_table(settings: Settings) -> Path:
    """Return where the encoder's table lies for all processes."""
    return settings.MODEL_DIR / "encoder-table.npy"


def run_command(arguments: list[str]) -> None:
    """Run one of Rasa's own commands (train, shell, data validate, test ...)."""
    settings = load_settings()
    prepare(settings)
    os.chdir(PROJECT_ROOT)
    import rasa.__main__

    sys.argv = ["rasa", *arguments]
    rasa.__main__.main()


def serve() -> None:
    """Serve the trained model on loopback until the process is told to stop."""
    settings = load_settings()
    prepare(settings)
    import_hook.install(import_hook.NOT_FOR_SERVING)
    share_table(encoder_table(settings))
    os.umask(0o077)
    os.chdir(PROJECT_ROOT)
    from rasa.core.run import serve_application
    from rasa.core.utils import AvailableEndpoints
    from rasa.utils.common import configure_logging_and_warnings
    from rasa.utils.log_utils import configure_structlog

    from bot.rasa_server import patches
    from bot.rasa_server.model_renewal import keep_model_new

    if os.environ["LOG_LEVEL"] == "DEBUG":
        raise BotError("LOG_LEVEL=DEBUG would write visitors' words into the log.")
    configure_logging_and_warnings()
    configure_structlog()
    patches.apply()
    model = settings.MODEL_DIR / "rights-desk.tar.gz"
    loaded = stamp_of(model)

    async def renew(app: Any, _loop: Any) -> None:
        app.add_task(keep_model_new(app.ctx.agent, model, loaded))

    serve_application(
        model_path=str(model),
        interface="127.0.0.1",
        port=settings.RASA_PORT,
        credentials="credentials.yml",
        enable_api=False,
        endpoints=AvailableEndpoints.read_endpoints("endpoints.yml"),
        server_listeners=[
            (use_our_stores, "after_server_start"),
            (renew, "after_server_start"),
        ],
    )


async def use_our_stores(app: Any, _loop: Any) -> None:
    """Unwrap Rasa's tracker store and check that what runs is what was configured.

    Raises:
        BotError: a class path in endpoints.yml is misspelt (Rasa would go on in
            memory).
    """
    from bot.rasa_server.lock_store import QuickLockStore
    from bot.rasa_server.tracker_store import EncryptedTrackerStore

    # No browser ever calls us: Rasa's headers for other websites must not be sent.
    app.response_middleware.clear()
    agent = app.ctx.agent
    wrapped = agent.tracker_store
    store = getattr(wrapped, "_tracker_store", wrapped)
    if not isinstance(store, EncryptedTrackerStore):
        raise BotError("endpoints.yml: tracker_store is not ours; mend its 'type'.")
    if not isinstance(agent.lock_store, QuickLockStore):
        raise BotError("endpoints.yml: lock_store is not ours; mend its 'type'.")
    if not agent.is_ready():
        raise BotError("There is no trained model. Run: make train")
    # Reading the model leaves much memory free but held; give it back.
    settle()
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
    agent.tracker_store = store
    agent.processor.tracker_store = store
