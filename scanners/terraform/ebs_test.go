package terraform

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
)

// TestVolumeEncryption covers what an account-level default does to volumes, in the root that sets it and in others.
// https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html
func TestVolumeEncryption(t *testing.T) {
	const (
		provider = "provider \"aws\" {\n  region = \"eu-north-1\"\n}\n"
		plain    = "resource \"aws_ebs_volume\" \"v\" {\n  availability_zone = \"eu-north-1a\"\n}\n"
		explicit = "resource \"aws_ebs_volume\" \"v\" {\n  encrypted = false\n}\n"
		on       = "resource \"aws_ebs_encryption_by_default\" \"d\" {}\n"
		off      = "resource \"aws_ebs_encryption_by_default\" \"d\" {\n  enabled = false\n}\n"
		variable = "variable \"v\" {\n  type = bool\n}\n"
	)
	same := []RootConfig{{Dir: "app", Account: "111122223333"}, {Dir: "base", Account: "111122223333"}}
	other := []RootConfig{{Dir: "app", Account: "111122223333"}, {Dir: "base", Account: "444455556666"}}
	cases := []struct {
		name      string
		app, base string
		roots     []RootConfig
		want      string
	}{
		{"explicit false without default", explicit, "", nil, "none"},
		{"unset, default in the same root", plain + on, "", nil, "provider-managed"},
		{"unset, default in another root of the same account", plain, on, same, "provider-managed"},
		{"unset, default in another root, accounts not declared", plain, on, nil, "?account_not_declared"},
		{"unset, default in a root of another account", plain, on, other, "none (default)"},
		{"unset, default off in another root", plain, off, nil, "none (default)"},
		{"unset, default nowhere", plain, "", nil, "none (default)"},
		{"unset, default by an unknown value", plain + variable + "resource \"aws_ebs_encryption_by_default\" \"d\" {\n  enabled = var.v\n}\n", "", nil, "?variable_without_value"},
		{"explicit false with default on", explicit + on, "", nil, "provider-managed"},
		{"unknown", variable + "resource \"aws_ebs_volume\" \"v\" {\n  encrypted = var.v\n}\n", "", nil, "?variable_without_value"},
		{"unknown with default on", variable + on + "resource \"aws_ebs_volume\" \"v\" {\n  encrypted = var.v\n}\n", "", nil, "provider-managed"},
		{"default of unknown number", plain + variable + "resource \"aws_ebs_encryption_by_default\" \"d\" {\n  count = var.v ? 1 : 0\n}\n", "", nil, "?count_not_known"},
		{"default of another region", plain + "provider \"aws\" {\n  alias = \"us\"\n  region = \"us-east-1\"\n}\nresource \"aws_ebs_encryption_by_default\" \"d\" {\n  provider = aws.us\n}\n",
			"", nil, "none (default)"},
		{"default with a key", plain + on + "resource \"aws_kms_key\" \"k\" {}\nresource \"aws_ebs_default_kms_key\" \"k\" {\n  key_arn = aws_kms_key.k.arn\n}\n", "", nil, "customer-managed"},
		{"set", "resource \"aws_ebs_volume\" \"v\" {\n  encrypted = true\n}\n", "", nil, "provider-managed"},
		{"set with a key", "resource \"aws_kms_key\" \"k\" {}\nresource \"aws_ebs_volume\" \"v\" {\n  encrypted  = true\n  kms_key_id = aws_kms_key.k.arn\n}\n", "", nil, "customer-managed"},
		{"key of an external store", "resource \"aws_kms_key\" \"k\" {\n  xks_key_id = \"k\"\n}\nresource \"aws_kms_alias\" \"k\" {\n  name = \"alias/k\"\n  target_key_id = aws_kms_key.k.id\n}\n" +
			"resource \"aws_ebs_volume\" \"v\" {\n  encrypted  = true\n  kms_key_id = aws_kms_alias.k.arn\n}\n", "", nil, "external"},
		{"from a snapshot of elsewhere", "resource \"aws_ebs_volume\" \"v\" {\n  snapshot_id = \"snap-1\"\n}\n", "", nil, "?source_not_declared_here"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			files := map[string]string{"app/main.tf": provider + c.app}
			if c.base != "" {
				files["base/main.tf"] = provider + c.base
			}
			snapshot := collect(t, Options{Roots: c.roots}, files)
			f := factAt(t, snapshot, "aws_ebs_volume.v")
			if got := short(f.Settings["encryption"]); got != c.want {
				t.Errorf("encryption: got %s, want %s", got, c.want)
			}
		})
	}
}

func TestVolumeDefaultIsNoted(t *testing.T) {
	snapshot := collect(t, Options{}, map[string]string{"main.tf": `
resource "aws_ebs_volume" "v" {}
resource "aws_ebs_encryption_by_default" "d" {}
`})
	want := []evidence.Reason{evidence.Because("account_default_applied", "address", "aws_ebs_encryption_by_default.d")}
	if diff := cmp.Diff(want, factAt(t, snapshot, "aws_ebs_volume.v").Notes); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
	if got := short(factAt(t, snapshot, "aws_ebs_encryption_by_default.d").Settings["encrypted"]); got != "true (default)" {
		t.Errorf("volume default: got %s, want true (default)", got)
	}
}

func TestBlockDevices(t *testing.T) {
	runCases(t, evidence.Volume{}.Kind(), []readCase{
		{"instance without devices", "resource \"aws_instance\" \"i\" {\n  ami = \"ami-1\"\n}", map[string]settings{
			"aws_instance.i#root_block_device": {"encryption": "none (default)", "region": "eu-north-1", "copies": "[]"}}},
		{"instance with devices", `resource "aws_instance" "i" {
  root_block_device { encrypted = true }
  ebs_block_device {
    device_name = "/dev/sdf"
    encrypted   = false
  }
}`, map[string]settings{
			"aws_instance.i#root_block_device":   {"encryption": "provider-managed"},
			"aws_instance.i#ebs_block_device[0]": {"encryption": "none"}}},
		{"unknown devices", `variable "d" { type = list(string) }
resource "aws_instance" "i" {
  root_block_device { encrypted = true }
  dynamic "ebs_block_device" {
    for_each = var.d
    content { device_name = ebs_block_device.value }
  }
}`, map[string]settings{
			"aws_instance.i#root_block_device":   {"encryption": "provider-managed"},
			"aws_instance.i#ebs_block_device[*]": {"encryption": "?variable_without_value"}}},
		{"launch template", `resource "aws_launch_template" "t" {
  block_device_mappings {
    ebs { encrypted = "true" }
  }
  block_device_mappings {
    ebs { volume_size = 10 }
  }
  block_device_mappings {
    virtual_name = "ephemeral0"
  }
}`, map[string]settings{
			"aws_launch_template.t#block_device_mappings[0]": {"encryption": "provider-managed"},
			"aws_launch_template.t#block_device_mappings[1]": {"encryption": "none (default)"}}},
		{"instance from a template", "resource \"aws_launch_template\" \"t\" {}\nresource \"aws_instance\" \"i\" {\n  launch_template {\n    id = aws_launch_template.t.id\n  }\n}",
			map[string]settings{}},
		{"encrypted image", `resource "aws_ami_copy" "a" {
  source_ami_id     = "ami-1"
  encrypted         = true
}
resource "aws_instance" "i" { ami = aws_ami_copy.a.id }`, map[string]settings{"aws_instance.i#root_block_device": {"encryption": "provider-managed"}}},
		{"image of the own account", `data "aws_ami" "a" {
  owners = ["self"]
}
resource "aws_instance" "i" { ami = data.aws_ami.a.id }`, map[string]settings{"aws_instance.i#root_block_device": {"encryption": "?image_not_declared_here"}}},
	})
}

func TestSnapshots(t *testing.T) {
	runCases(t, evidence.DataSnapshot{}.Kind(), []readCase{
		{"of a volume", "resource \"aws_ebs_volume\" \"v\" {\n  encrypted = true\n}\nresource \"aws_ebs_snapshot\" \"s\" {\n  volume_id = aws_ebs_volume.v.id\n}",
			map[string]settings{"aws_ebs_snapshot.s": {"encryption": "provider-managed", "of": "volume", "public": "false"}}},
		{"of a plain volume, copied with encryption", `resource "aws_ebs_volume" "v" {}
resource "aws_ebs_snapshot" "s" { volume_id = aws_ebs_volume.v.id }
resource "aws_ebs_snapshot_copy" "c" {
  source_snapshot_id = aws_ebs_snapshot.s.id
  source_region      = "eu-north-1"
  encrypted          = true
}`, map[string]settings{"aws_ebs_snapshot.s": {"encryption": "none (default)"}, "aws_ebs_snapshot_copy.c": {"encryption": "provider-managed"}}},
		{"of a volume of elsewhere", "resource \"aws_ebs_snapshot\" \"s\" {\n  volume_id = \"vol-1\"\n}", map[string]settings{"aws_ebs_snapshot.s": {"encryption": "?source_not_declared_here"}}},
		{"public image", `resource "aws_ami_copy" "a" {
  source_ami_id = "ami-1"
  encrypted     = true
}
resource "aws_ami_launch_permission" "p" {
  image_id = aws_ami_copy.a.id
  group    = "all"
}`, map[string]settings{"aws_ami_copy.a": {"of": "image", "public": "true"}}},
	})
}
