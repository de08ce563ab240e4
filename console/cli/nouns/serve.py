"""`serve`: the console in a browser on this machine."""

from typing import Annotated

import typer

from console.cli.answer import Answer
from console.cli.settings import home_folder
from console.cli.verbs import Verbs
from console.serving import HOST, PORT, check_host, serve

verbs = Verbs("Show the console in a browser on this machine.")


@verbs.verb("serve", "eightbells serve --port 8765")
def serve_here(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Where it listens.")] = PORT,
    host: Annotated[str, typer.Option(help="This machine under another of its names.")] = HOST,
) -> Answer:
    """Serve the console on loopback until ctrl+c; needs the extra `serve`."""
    check_host(host)
    serve(home_folder(), host, port)
    return Answer(None, ())
