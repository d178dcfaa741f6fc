"""What peft makes of a model's folder and an adapter of it; driven by peft.test.ts.

`save BASE ADAPTER CONFIG` writes an adapter with random A and B there, by the settings given as JSON; `logits BASE ADAPTER`
reads one. Both answer with the logits for token ids, a JSON list of rows, from standard input.
"""

import json
import sys

import peft
import torch
import transformers

what, base, adapter = sys.argv[1:4]
ids = json.load(sys.stdin)
torch.manual_seed(1)
model = transformers.AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32)
if what == "save":
    model = peft.get_peft_model(model, peft.LoraConfig(**json.loads(sys.argv[4])))
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            # A fresh B is 0, where a mistake would not show.
            if "lora_" in name:
                parameter.copy_(0.2 * torch.randn_like(parameter))
    model.save_pretrained(adapter)
else:
    model = peft.PeftModel.from_pretrained(model, adapter)

model.eval()
with torch.no_grad():
    answers = [model(torch.tensor([row])).logits[0].tolist() for row in ids]
json.dump(answers, sys.stdout)
