package awsrules

import "testing"

func TestCovers(t *testing.T) {
	for _, c := range []struct {
		pattern, whole string
		want           bool
	}{
		{"*", "s3:*", true},
		{"s3:*", "s3:*", true},
		{"S3:*", "s3:*", true},
		{"s3:Get*", "s3:*", false},
		{"s3:?", "s3:*", false},
		{"s3:GetObject", "s3:GetObject", true},
		{"s3:*Object", "s3:GetObject", true},
		{"arn:aws:s3:::a*", "arn:aws:s3:::a/*", true},
		{"arn:aws:s3:::a/*", "arn:aws:s3:::a", false},
		{"", "s3:*", false},
		{"*a*b", "xaxb", true},
		{"*a*b", "xbxa", false},
	} {
		if got := Covers(c.pattern, c.whole); got != c.want {
			t.Errorf("Covers(%q, %q): got %v, want %v", c.pattern, c.whole, got, c.want)
		}
	}
}
