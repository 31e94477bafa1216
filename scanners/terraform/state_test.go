package terraform

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
)

const secret = "CANARY-c2VjcmV0"

// applied is a state file with a secret wherever one may stand.
const applied = `{
  "version": 4, "terraform_version": "1.11.0", "serial": 7, "lineage": "x",
  "outputs": {"password": {"value": "CANARY-c2VjcmV0", "type": "string", "sensitive": true}},
  "resources": [
    {"mode": "data", "type": "aws_secretsmanager_secret_version", "name": "s", "instances": [{"attributes": {"id": "d", "secret_string": "CANARY-c2VjcmV0"}}]},
    {"module": "module.a[\"x\"]", "mode": "managed", "type": "aws_db_instance", "name": "main", "provider": "p", "instances": [
      {"index_key": 0, "schema_version": 2, "sensitive_attributes": [], "private": "CANARY-c2VjcmV0", "attributes": {
        "id": "db-ABC", "identifier": "generated-1", "arn": "arn:aws:rds:eu-north-1:111122223333:db:generated-1",
        "password": "CANARY-c2VjcmV0", "tags": {"name": "CANARY-c2VjcmV0"}, "address": "CANARY-c2VjcmV0", "port": 5432}}]},
    {"mode": "managed", "type": "aws_s3_bucket", "name": "b", "instances": [
      {"attributes": {"id": "tf-1", "bucket": "tf-1", "arn": "arn:aws:s3:::tf-1", "region": "eu-north-1", "policy": "CANARY-c2VjcmV0"}}]},
    {"mode": "managed", "type": "aws_sqs_queue", "name": "q", "instances": [
      {"index_key": "k", "attributes": {"id": "https://sqs", "name": "CANARY", "arn": "arn:aws:sqs:eu-north-1:111122223333:jobs"}, "deposed": "00000001"}]},
    {"mode": "managed", "type": "aws_instance", "name": "web", "instances": [
      {"attributes": {"id": "i-1", "arn": "arn:aws:ec2:eu-north-1:111122223333:instance/i-1", "user_data": "CANARY-c2VjcmV0",
        "root_block_device": [{"volume_id": "vol-1", "kms_key_id": "CANARY-c2VjcmV0"}], "ebs_block_device": [{"volume_id": "vol-2"}]}}]},
    {"mode": "managed", "type": "random_password", "name": "p", "instances": [{"attributes": {"id": "CANARY-c2VjcmV0", "result": "CANARY-c2VjcmV0"}}]},
    {"mode": "managed", "type": "aws_vpc", "name": "old", "instances": [{"attributes": {"id": "vpc-1", "arn": "arn:aws:ec2:eu-north-1:111122223333:vpc/vpc-1"}}]}
  ],
  "check_results": null
}`

func TestStateKeepsIdentitiesAlone(t *testing.T) {
	s, err := parseState("s.tfstate", strings.NewReader(applied))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]map[string]string{}
	for address, i := range s.byID {
		got[address] = i.names
	}
	want := map[string]map[string]string{
		`module.a["x"].aws_db_instance.main[0]`: {"id": "db-ABC", "identifier": "generated-1", "arn": "arn:aws:rds:eu-north-1:111122223333:db:generated-1"},
		"aws_s3_bucket.b":                       {"id": "tf-1", "bucket": "tf-1", "arn": "arn:aws:s3:::tf-1", "region": "eu-north-1"},
		"aws_instance.web":                      {"id": "i-1", "arn": "arn:aws:ec2:eu-north-1:111122223333:instance/i-1"},
		"aws_vpc.old":                           {"id": "vpc-1", "arn": "arn:aws:ec2:eu-north-1:111122223333:vpc/vpc-1"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("identities (-want +got):\n%s", diff)
	}
	if text := fmt.Sprintf("%#v", s); strings.Contains(text, secret) {
		t.Errorf("a secret of the state file is kept: %s", text)
	}
}

func TestStateErrors(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"older", `{"version": 3, "modules": [{"password": "` + secret + `"}]}`,
			"s: state format 3, and only format 4 is read; write it with `terraform state pull` of version 0.12 or newer"},
		{"encrypted", `{"encrypted_data": "` + secret + `", "meta": {}}`,
			"s: no version, so no Terraform state, or an encrypted one; name a state file as `terraform state pull` writes it"},
		{"broken", `{"version": 4, "resources": [{"type": "a",]}`, "s: not valid JSON after byte 29; name a state file as `terraform state pull` writes it"},
		{"cut off", `{"version": 4, "resources": [`, "s: not valid JSON after byte 29; name a state file as `terraform state pull` writes it"},
		{"list", `[]`, "s: not valid JSON after byte 1; name a state file as `terraform state pull` writes it"},
		{"two", `{"version": 4} {}`, "s: not valid JSON after byte 16; name a state file as `terraform state pull` writes it"},
		{"empty", ``, "s: not valid JSON after byte 0; name a state file as `terraform state pull` writes it"},
		{"too large", strings.Repeat(" ", stateLimit+1), "s: larger than 64 MiB; is it a state file?"},
	} {
		_, err := parseState("s", strings.NewReader(c.text))
		if err == nil || err.Error() != c.want {
			t.Errorf("%s: got %v, want %s", c.name, err, c.want)
		}
	}
}

func TestFactsAreKnownByTheState(t *testing.T) {
	snapshot := collect(t, Options{Roots: []RootConfig{{Dir: "app", State: "app/s.tfstate"}}}, map[string]string{
		"app/s.tfstate": applied,
		"app/main.tf": `
provider "aws" {
  region = "eu-north-1"
}
module "a" {
  source   = "../db"
  for_each = toset(["x"])
}
resource "aws_s3_bucket" "b" {
  bucket_prefix = "tf-"
}
resource "aws_instance" "web" {}
resource "aws_ebs_volume" "new" {}
resource "aws_sqs_queue" "q" {
  name = "jobs"
}`,
		"db/main.tf": "resource \"aws_db_instance\" \"main\" {\n  count = 1\n}\n",
	})
	key := func(partition, account, typ, name string) evidence.Key {
		return evidence.Key{Scheme: "aws", Partition: partition, Account: account, Region: "eu-north-1", Type: typ, Name: name}
	}
	bucket := key("aws", "?", "s3:bucket", "tf-1")
	const account = "111122223333"
	for address, want := range map[string][]evidence.Key{
		`module.a["x"].aws_db_instance.main[0]`: {key("aws", account, "arn", "arn:aws:rds:eu-north-1:111122223333:db:generated-1"), key("aws", account, "rds:db", "generated-1")},
		"aws_s3_bucket.b":                       {key("aws", "?", "arn", "arn:aws:s3:::tf-1"), bucket},
		"aws_instance.web":                      {key("aws", account, "arn", "arn:aws:ec2:eu-north-1:111122223333:instance/i-1"), key("aws", account, "ec2:instance", "i-1")},
		"aws_instance.web#root_block_device":    {key("aws", account, "ec2:volume", "vol-1")},
		"aws_ebs_volume.new":                    {key("?", "?", "ec2:volume", "?")},
		"aws_sqs_queue.q":                       {key("?", "?", "sqs:queue", "jobs")},
	} {
		if diff := cmp.Diff(want, factAt(t, snapshot, address).Keys); diff != "" {
			t.Errorf("%s (-want +got):\n%s", address, diff)
		}
	}
	if diff := cmp.Diff([]evidence.Reason{evidence.Because("not_in_state")}, factAt(t, snapshot, "aws_ebs_volume.new").Notes); diff != "" {
		t.Errorf("notes of what is not applied (-want +got):\n%s", diff)
	}
	wantKnown := []evidence.Key{
		key("aws", account, "arn", "arn:aws:ec2:eu-north-1:111122223333:vpc/vpc-1"), key("aws", account, "arn", "arn:aws:sqs:eu-north-1:111122223333:jobs"),
		key("aws", account, "ec2:volume", "vol-1"), key("aws", account, "ec2:volume", "vol-2"), key("aws", account, "ec2:vpc", "vpc-1"), key("aws", account, "sqs:queue", "CANARY"),
	}
	if diff := cmp.Diff(wantKnown, snapshot.Sweeps[0].Known); diff != "" {
		t.Errorf("known to the state alone (-want +got):\n%s", diff)
	}
	text, err := json.Marshal(snapshot)
	if err != nil || strings.Contains(string(text), secret) {
		t.Errorf("a secret of the state file is in the snapshot (%v)", err)
	}
	if !strings.Contains(string(text), `"path":"app/s.tfstate","sha256":"`) {
		t.Error("the state file is no input of the snapshot")
	}
}

func TestIdentitiesAreSortedAndOfTypesThatAreRead(t *testing.T) {
	read := map[string]bool{}
	for _, r := range readers() {
		for _, typ := range r.types {
			read[typ] = true
		}
	}
	last := ""
	for _, id := range identities() {
		if id.typ <= last {
			t.Errorf("%s stands after %s", id.typ, last)
		}
		last = id.typ
		if !read[id.typ] {
			t.Errorf("no reader reads %s", id.typ)
		}
	}
}

func FuzzParseState(f *testing.F) {
	f.Add(applied)
	f.Add(`{"version": 4, "resources": [{"mode": "managed", "type": "aws_s3_bucket", "instances": [{"index_key": {"a": 1}, "attributes": [1]}]}]}`)
	f.Add(`{"version": 4, "resources": null, "outputs": [[[]]]}`)
	f.Fuzz(func(t *testing.T, text string) {
		s, err := parseState("s", strings.NewReader(text))
		if err != nil && strings.Contains(err.Error(), secret) {
			t.Errorf("the error shows what stands in the file: %v", err)
		}
		for _, k := range s.known(func(string) bool { return false }, identitiesByType()) {
			if k.Name == "" {
				t.Errorf("key without a name: %+v", k)
			}
		}
	})
}
