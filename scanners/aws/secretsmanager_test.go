package aws

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

func TestHowOftenSecretsAreRotated(t *testing.T) {
	rules := func(name string, value any) fakeaws.Node {
		return fakeaws.Node{"RotationEnabled": true, "RotationRules": one(name, value)}
	}
	for name, c := range map[string]struct {
		listed fakeaws.Node
		want   any
	}{
		"never":                     {nil, evidence.Never},
		"no longer":                 {fakeaws.Node{"RotationEnabled": false, "RotationRules": one("AutomaticallyAfterDays", 7)}, evidence.Never},
		"every week":                {rules("AutomaticallyAfterDays", 7), 7},
		"by a rate":                 {rules("ScheduleExpression", "rate(36 hours)"), 2},
		"by a calendar":             {rules("ScheduleExpression", "cron(0 8 * * ? *)"), 1},
		"by a schedule of its own":  {rules("ScheduleExpression", "when the moon is full"), "(schedule_not_understood)"},
		"without saying when":       {one("RotationEnabled", true), "(value_not_understood)"},
		"in the original's region":  {one("PrimaryRegion", "eu-central-1"), evidence.Never},
		"where the original is not": {one("PrimaryRegion", "eu-north-1"), "(decided_by_primary)"},
	} {
		t.Run(name, func(t *testing.T) {
			s := collect(t, estateOf(fakeaws.SecretIn(storageAccount, "eu-central-1", "it", c.listed)), []string{"secretsmanager"})
			got := plain(factOf(t, s, "secret", ":it-a1b2c3"), "rotation_days", "region")
			if diff := cmp.Diff(map[string]any{"rotation_days": c.want, "region": "eu-central-1"}, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestSecretsAndSecureParametersAsTheyAre(t *testing.T) {
	s := standardOf(t, "secretsmanager", "ssm")
	names := []string{"eu-central-1:" + storageAccount + ":secret:good-secret-a1b2c3", "eu-central-1:" + storageAccount + ":secret:bad-secret-a1b2c3",
		":parameter/good/parameter", ":parameter/bad/parameter"}
	got := sayings(t, s, "secret", names, "copies", "encryption", "rotation_days")
	want := map[string]map[string]any{
		names[0]: {"copies": []string{}, "encryption": "customer-managed", "rotation_days": 7},
		names[1]: {"copies": []string{"us-east-1"}, "encryption": "provider-managed", "rotation_days": evidence.Never},
		names[2]: {"copies": []string{}, "encryption": "customer-managed", "rotation_days": evidence.Never},
		names[3]: {"copies": []string{}, "encryption": "provider-managed", "rotation_days": evidence.Never},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAParameterThatIsNotSecureIsNoSecret(t *testing.T) {
	plain := fakeaws.Parameter(storageAccount, "eu-central-1", "/plain", "")
	plain.Doc["Type"] = "String"
	unfiltered := fakeaws.Parameter(storageAccount, "eu-central-1", "/unfiltered", "")
	unfiltered.Sub = sub{"ssm.DescribeParameters": fakeaws.Node{"Name": "/unfiltered", "Type": "String"}}
	if s := collect(t, estateOf(plain, unfiltered), []string{"ssm"}); len(s.Facts) != 0 {
		t.Errorf("%d facts", len(s.Facts))
	}
}

func TestASecretThatGoesWhileItIsReadIsNoFact(t *testing.T) {
	it := fakeaws.SecretIn(storageAccount, "eu-central-1", "it", nil)
	it.Sub["secretsmanager.DescribeSecret"] = fakeaws.Error{Status: 400, Code: "ResourceNotFoundException", Message: "Secrets Manager can't find the specified secret."}
	if s := collect(t, estateOf(it), []string{"secretsmanager"}); len(s.Facts) != 0 {
		t.Errorf("%d facts", len(s.Facts))
	}
}

// What stands beside secrets may tell about people: it must not reach a fact.
func TestDescriptionsAndTagsOfSecretsAreDropped(t *testing.T) {
	const canary = "canary-9f31"
	it := fakeaws.SecretIn(storageAccount, "eu-central-1", "it", fakeaws.Node{"Description": canary, "Tags": []any{fakeaws.Node{"Key": "owner", "Value": canary}}})
	parameter := fakeaws.Parameter(storageAccount, "eu-central-1", "/it", "")
	parameter.Doc["Description"], parameter.Doc["LastModifiedUser"] = canary, canary
	s := collect(t, estateOf(it, parameter), []string{"secretsmanager", "ssm"})
	if len(s.Facts) != 2 || holds(t, s, canary) {
		t.Errorf("%d facts, with the canary: %v", len(s.Facts), holds(t, s, canary))
	}
}
