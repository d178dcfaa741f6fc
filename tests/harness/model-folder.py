"""What Hugging Face's transformers makes of a model folder; driven by transformers.ts.

`logits FOLDER`, `scores FOLDER` and `save FOLDER CONFIG` read token ids, a JSON list of rows, from standard input. `save`
first writes a random model there, of the class whose config is given as JSON with its name under `class`.
"""

import json
import sys

import torch
import transformers

what, folder = sys.argv[1:3]
ids = json.load(sys.stdin)
torch.manual_seed(1)

if what == "save":
    settings = json.loads(sys.argv[3])
    model_class = getattr(transformers, settings.pop("class"))
    model = model_class(model_class.config_class(**settings))
    with torch.no_grad():
        # Fresh biases are 0 and gains 1, where a mistake would not show.
        for parameter in model.parameters():
            parameter.add_(0.1 * torch.randn_like(parameter))
    model.save_pretrained(folder)
elif what == "logits":
    model = transformers.AutoModelForCausalLM.from_pretrained(folder)
else:
    model = transformers.AutoModelForSequenceClassification.from_pretrained(folder)

model.eval()
with torch.no_grad():
    answers = [model(torch.tensor([row])).logits[0].tolist() for row in ids]
json.dump(answers, sys.stdout)
