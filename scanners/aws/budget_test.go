package aws

import (
	"context"
	"math"
	"testing"
	"time"
)

func testBudget(maxRate float64) (*budget, *testClock) {
	clock := newTestClock()
	return newBudget(Options{Now: clock.Now, Sleep: clock.Sleep, MaxRate: maxRate}), clock
}

// spend takes tokens until the time is over, and returns how many.
func spend(b *budget, clock *testClock, key budgetKey, d time.Duration) int {
	end, taken := clock.Now().Add(d), 0
	for {
		wait := b.take(key)
		if wait == 0 {
			taken++
			continue
		}
		if clock.Now().Add(wait).After(end) {
			return taken
		}
		_ = clock.Sleep(context.Background(), wait)
	}
}

func TestABudgetNeverGoesOverItsRate(t *testing.T) {
	for _, service := range []string{"cloudtrail", "ec2", "iam", "kms", "organizations", "rds", "s3"} {
		b, clock := testBudget(0)
		r := rateOf(service)
		got := spend(b, clock, budgetKey{region: "eu-north-1", service: service}, 10*time.Second)
		want := r.burst + 10*r.perSecond
		if float64(got) > want || float64(got) < 0.9*want-1 {
			t.Errorf("%s: %d calls in ten seconds, want about %v and no more", service, got, want)
		}
	}
}

func TestMaxRateHoldsOverAllServices(t *testing.T) {
	b, clock := testBudget(2)
	total := 0
	for _, service := range []string{"s3", "kms", "ec2"} {
		total += spend(b, clock, budgetKey{service: service}, 5*time.Second)
	}
	if total > 33 {
		t.Errorf("%d calls in fifteen seconds at two a second", total)
	}
}

func TestThrottlingHalvesTheRateOncePerRoundAndItRisesSlowly(t *testing.T) {
	b, clock := testBudget(0)
	key := budgetKey{service: "rds"}
	full := rateOf("rds").perSecond
	b.take(key)
	for range 20 { // calls that were under way together
		b.learn(key, true)
	}
	if got := b.buckets[key].now; got != full/2 {
		t.Errorf("rate after one round of refusals %v, want %v", got, full/2)
	}
	if b.take(key) == 0 {
		t.Error("a call goes out right after a refusal")
	}
	_ = clock.Sleep(t.Context(), 2*time.Second)
	b.learn(key, true)
	for range 10 {
		b.learn(key, false)
	}
	if got, want := b.buckets[key].now, full/4+full/10; math.Abs(got-want) > 1e-9 {
		t.Errorf("rate after ten answers %v, want %v", got, want)
	}
	for range 30 {
		_ = clock.Sleep(t.Context(), 2*time.Second)
		b.learn(key, true)
	}
	if got := b.buckets[key].now; got != slowest {
		t.Errorf("rate after thirty rounds %v, want %v", got, slowest)
	}
}

func TestEveryRegionAndServiceHasABudgetOfItsOwn(t *testing.T) {
	b, clock := testBudget(0)
	one := spend(b, clock, budgetKeyOf("eu-north-1", "kms.ListKeys"), time.Millisecond)
	other := spend(b, clock, budgetKeyOf("eu-central-1", "kms.ListKeys"), time.Millisecond)
	if one != other || one == 0 {
		t.Errorf("%d calls in one region, %d in the other", one, other)
	}
}
