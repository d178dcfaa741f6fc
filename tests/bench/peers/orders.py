"""The measured program's side of ../contender.ts: it waits for an order, works, and tells what came of it."""
import json
import resource
import sys


def say(message):
    print(json.dumps(message), flush=True)


def torch_or_reason():
    """PyTorch; without it the program ends with the reason."""
    try:
        import torch
    except ImportError as error:
        say({"unavailable": f"PyTorch can't be had: {error}; TOUCHSTONE_PYTHON names a Python that has it"})
        sys.exit(0)
    return torch


def serve(label, work):
    """Has `work(seconds)` done for each order, until there are no more, and tells the rate that it returns."""
    say({"ready": label})
    for line in sys.stdin:
        value = work(json.loads(line)["seconds"])
        # The peak is in kilobytes of 1,024 bytes on Linux, in bytes on macOS.
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        say({"value": value, "memoryMb": round(peak / 1e6)})


def label_of(torch, threads):
    return f"PyTorch {torch.__version__}, {threads} thread{'' if threads == 1 else 's'}"
