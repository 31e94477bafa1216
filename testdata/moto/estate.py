"""Builds the estate of main.tf in moto and writes a state file that says which id is behind which address.

Usage: estate.py URL STATE, where URL is a running moto server and STATE the file to write.
"""

import functools
import json
import sys
import urllib.request

import boto3
from botocore.config import Config

import control
import data
import edge
import network
import stores

ACCOUNT = "123456789012"


class Estate:
    """What the builders share: clients of moto, and the state file that they fill."""

    account = ACCOUNT

    def __init__(self, url):
        self.url = url
        self.ids = {}  # by address, what identifies each resource

    @functools.cache
    def client(self, service, region="eu-central-1"):
        return boto3.client(
            service, region_name=region, endpoint_url=self.url, aws_access_key_id="moto", aws_secret_access_key="moto",
            config=Config(retries={"max_attempts": 1}),
        )

    def add(self, address, region="eu-central-1", **attributes):
        """Notes what identifies the resource at an address; returns its attributes."""
        self.ids[address] = {"region": region, **attributes}
        return attributes

    def get(self, address, attribute="id"):
        return self.ids[address][attribute]

    def arn(self, service, rest, region="eu-central-1"):
        return f"arn:aws:{service}:{region}:{self.account}:{rest}"

    def state(self):
        """The estate as a state file, format 4."""
        resources = {}
        for address, attributes in sorted(self.ids.items()):
            (typ, name), index = address.split("[")[0].split("."), address.partition("[")[2].rstrip("]")
            instance = {"schema_version": 0, "attributes": attributes}
            if index:
                instance["index_key"] = int(index)
            resources.setdefault((typ, name), []).append(instance)
        return {
            "version": 4, "terraform_version": "1.9.0", "serial": 1, "lineage": "moto", "outputs": {},
            "resources": [
                {"mode": "managed", "type": typ, "name": name, "provider": 'provider["registry.terraform.io/hashicorp/aws"]', "instances": all}
                for (typ, name), all in sorted(resources.items())
            ],
        }


def main():
    url, file = sys.argv[1:]
    urllib.request.urlopen(urllib.request.Request(url + "/moto-api/reset", method="POST")).close()
    estate = Estate(url)
    for build in (data.keys, data.buckets, network.build, data.volumes, data.containers, data.files, stores.databases, stores.caches, stores.messages,
                  stores.secrets, control.logs, control.backups, control.identities, edge.build):
        build(estate)
    with open(file, "w", encoding="utf-8") as out:
        json.dump(estate.state(), out, indent=1, sort_keys=True)
    print(f"estate of {len(estate.ids)} resources in {url}")


if __name__ == "__main__":
    main()
