package policies

import "testing"

func TestParseDuration(t *testing.T) {
	for _, c := range []struct {
		text      string
		unit      string
		min, max  int
		wantError string
	}{
		{text: "90d", unit: "days", min: 90, max: 90},
		{text: "2mo", unit: "days", min: 60, max: 62},
		{text: "1y", unit: "days", min: 365, max: 366},
		{text: "2y", unit: "days", min: 730, max: 732},
		{text: "36h", unit: "days", min: 2, max: 1},
		{text: "90m", unit: "hours", min: 2, max: 1},
		{text: "1mo", unit: "hours", min: 720, max: 744},
		{text: "1h", unit: "minutes", min: 60, max: 60},
		{text: "0d", unit: "days", min: 0, max: 0},
		{text: "100y", unit: "days", min: 36500, max: 36600},
		{text: "90", wantError: `"90" has no unit: write m (minutes), h (hours), d (days), mo (months) or y (years), such as "90d"`},
		{text: "", wantError: `"" is not a duration: write a whole number and m (minutes), h (hours), d (days), mo (months) or y (years), such as "90d"`},
		{text: "-1d", wantError: `"-1d" is not a duration: write a whole number and m (minutes), h (hours), d (days), mo (months) or y (years), such as "90d"`},
		{text: "1d ", wantError: `"1d " is not a duration: write a whole number and m (minutes), h (hours), d (days), mo (months) or y (years), such as "90d"`},
		{text: "1D", wantError: `"1D" is not a duration: write a whole number and m (minutes), h (hours), d (days), mo (months) or y (years), such as "90d"`},
		{text: "101y", wantError: `"101y" is longer than a hundred years`},
		{text: "999999999y", wantError: `"999999999y" is longer than a hundred years`},
		{text: "99999999999d", wantError: `"99999999999d" is not a duration: write a whole number and m (minutes), h (hours), d (days), mo (months) or y (years), such as "90d"`},
	} {
		t.Run(c.text, func(t *testing.T) {
			d, err := ParseDuration(c.text)
			if c.wantError != "" {
				if err == nil || err.Error() != c.wantError {
					t.Fatalf("got %v, want %s", err, c.wantError)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			low, errLow := d.In(c.unit, AtLeast)
			high, errHigh := d.In(c.unit, AtMost)
			if low != c.min || high != c.max || errLow != nil || errHigh != nil || d.String() != c.text {
				t.Errorf("%s: %d to %d (%v, %v), want %d to %d", d, low, high, errLow, errHigh, c.min, c.max)
			}
		})
	}
}

func TestDurationTooShort(t *testing.T) {
	d := Duration{Count: 23, Unit: "h"}
	if _, err := d.In("days", AtMost); err == nil || err.Error() != `"23h" is too short: the promise is counted in whole days` {
		t.Errorf("got %v", err)
	}
	if n, err := d.In("days", AtLeast); n != 1 || err != nil {
		t.Errorf("got %d, %v; want 1", n, err)
	}
	if _, err := d.In("weeks", AtLeast); err == nil {
		t.Error("weeks are a unit")
	}
}

func FuzzParseDuration(f *testing.F) {
	for _, text := range []string{"90d", "2mo", "1y", "36h", "15m", "90", "", "0d", "999999999y", "١d"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := ParseDuration(text)
		if err != nil {
			return
		}
		again, err := ParseDuration(d.String())
		if err != nil || again != d {
			t.Fatalf("%q reads as %s, and that as %s (%v)", text, d, again, err)
		}
		for _, unit := range []string{"minutes", "hours", "days"} {
			low, err := d.In(unit, AtLeast)
			if err != nil || low < 0 {
				t.Fatalf("%s as a minimum: %d, %v", d, low, err)
			}
			if high, err := d.In(unit, AtMost); err == nil && high < 0 {
				t.Fatalf("%s as a maximum: %d", d, high)
			}
		}
	})
}
