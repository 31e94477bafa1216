package policies

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
)

// Bound says which side of a threshold is promised.
type Bound string

// The bounds.
const (
	AtLeast Bound = "min"
	AtMost  Bound = "max"
)

// Duration is a length of time as an annex writes it: a whole number and one of the units m (minutes), h (hours),
// d (days), mo (months) and y (years).
type Duration struct {
	Count int
	Unit  string
}

// durationUnits is what error messages say about the units.
const durationUnits = "m (minutes), h (hours), d (days), mo (months) or y (years)"

// longestDuration is what a Duration may not exceed, in minutes: a hundred years.
const longestDuration = 100 * 366 * 24 * 60

var durationForm = regexp.MustCompile(`^([0-9]{1,9})(m|h|d|mo|y)$`)

var bareNumber = regexp.MustCompile(`^[0-9]+$`)

// ParseDuration reads a duration such as "90d". A number without unit is an error that names the units.
func ParseDuration(text string) (Duration, error) {
	if bareNumber.MatchString(text) {
		return Duration{}, fmt.Errorf("%q has no unit: write %s, such as %q", clip(text), durationUnits, clip(text)+"d")
	}
	part := durationForm.FindStringSubmatch(text)
	if part == nil {
		return Duration{}, fmt.Errorf("%q is not a duration: write a whole number and %s, such as \"90d\"", clip(text), durationUnits)
	}
	count, err := strconv.Atoi(part[1])
	if err != nil {
		return Duration{}, fmt.Errorf("%q is not a duration: %w", text, err)
	}
	d := Duration{Count: count, Unit: part[2]}
	if d.minutes(AtMost) > longestDuration {
		return Duration{}, fmt.Errorf("%q is longer than a hundred years", text)
	}
	return d, nil
}

// String is the duration as an annex writes it.
func (d Duration) String() string { return strconv.Itoa(d.Count) + d.Unit }

// In returns the duration in whole minutes, hours or days. A month is 30 days where the duration is a minimum and 31
// where it is a maximum, a year 365 and 366. What does not divide evenly is rounded in the strict direction: a minimum
// up, a maximum down. A duration above zero that a maximum would round to zero is an error.
func (d Duration) In(unit string, b Bound) (int, error) {
	size, ok := minutesPer(unit)
	if !ok {
		return 0, fmt.Errorf("%q is not a unit of time", unit)
	}
	exact := d.minutes(b)
	if b == AtLeast {
		return int((exact + size - 1) / size), nil
	}
	if exact > 0 && exact < size {
		return 0, fmt.Errorf("%q is too short: the promise is counted in whole %s", d, unit)
	}
	return int(exact / size), nil
}

func minutesPer(unit string) (int64, bool) {
	switch unit {
	case "minutes":
		return 1, true
	case "hours":
		return 60, true
	case "days":
		return 24 * 60, true
	}
	return 0, false
}

func (d Duration) minutes(b Bound) int64 {
	const day = 24 * 60
	per := map[string][2]int64{"m": {1, 1}, "h": {60, 60}, "d": {day, day}, "mo": {30 * day, 31 * day}, "y": {365 * day, 366 * day}}[d.Unit]
	size := per[0]
	if b == AtMost {
		size = per[1]
	}
	if int64(d.Count) > math.MaxInt64/max(size, 1) {
		return math.MaxInt64
	}
	return int64(d.Count) * size
}
