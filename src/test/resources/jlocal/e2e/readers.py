"""Starts the processes of an export as its supervisor would, with what another reader makes of its files.

readers.py launchd|compose|kubernetes DIR NAME...    waits until each process has told what it got
"""

import glob
import json
import os
import plistlib
import re
import subprocess
import sys
import time


def launchd(folder):
    for file in glob.glob(folder + "/*.plist"):
        with open(file, "rb") as f:
            job = plistlib.load(f)
        yield job["ProgramArguments"], job["EnvironmentVariables"], job["WorkingDirectory"]


def compose(folder):
    config = ["docker", "compose", "-f", folder + "/compose.yaml", "config", "--format", "json"]
    services = json.loads(subprocess.run(config, check=True, stdout=subprocess.PIPE).stdout)["services"]
    for service in services.values():
        # "config" prints what could be read again, with doubled dollar signs.
        env = {name: value.replace("$$", "$") for name, value in service["environment"].items()}
        yield [word.replace("$$", "$") for word in service["command"]], env, "."


def kubernetes(folder):
    import yaml

    objects = []
    for file in glob.glob(folder + "/*.yaml"):
        with open(file, encoding="utf-8") as f:
            objects.append(yaml.safe_load(f))
    maps = {("secretRef", o["metadata"]["name"]): o["stringData"] for o in objects if o["kind"] == "Secret"}
    maps.update({("configMapRef", o["metadata"]["name"]): o["data"] for o in objects if o["kind"] == "ConfigMap"})
    for deployment in objects:
        if deployment["kind"] != "Deployment":
            continue
        container = deployment["spec"]["template"]["spec"]["containers"][0]
        env = {}
        for source in container.get("envFrom", []):
            for kind, reference in source.items():
                env.update(maps[kind, reference["name"]])
        for variable in container["env"]:
            env[variable["name"]] = variable.get("value", container["name"] + ".1")
        # "Variable references $(VAR_NAME) are expanded … $$ is replaced with $" (Container v1 core)
        expand = lambda word: re.sub(r"\$(\$|\(([^)]*)\))", lambda m: "$" if m[1] == "$" else env.get(m[2], m[0]), word)
        yield [expand(word) for word in container["command"]], env, "."


def main(kind, folder, *names):
    processes = []
    try:
        for argv, env, cwd in globals()[kind](folder):
            processes.append(subprocess.Popen(argv, env={"PATH": os.environ["PATH"], **env}, cwd=cwd))
        end = time.time() + 25
        while time.time() < end and not all(os.path.exists("seen/" + name) for name in names):
            time.sleep(0.05)
    finally:
        for process in processes:
            process.kill()
            process.wait()


main(*sys.argv[1:])
