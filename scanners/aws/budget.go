package aws

import (
	"context"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/smithy-go/middleware"

	"github.com/tomscan/tomscan/evidence"
)

// rate is how many calls a second are made of one service in one account and region: at most 30 % of the limit that is
// known, for the account's owner uses the same limit in production.
type rate struct {
	perSecond    float64
	burst        float64
	perOperation bool // the service counts each operation by itself
}

// rateOf is the rate of a service. Limits:
//   - EC2, each operation: 100 at once, 20 a second. https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html
//   - IAM and Organizations: one limit for the whole account, not published; seen at 15 and 5 a second.
//   - KMS: hundreds a second. https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html
//   - S3: bucket settings are not published; reads of a bucket's objects are at 5,500 a second.
//   - CloudWatch Logs: DescribeLogGroups 10 a second.
//     https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
//   - everything else: not published, seen at 20 a second and more.
func rateOf(service string) rate {
	switch service {
	case "ec2":
		return rate{perSecond: 6, burst: 10, perOperation: true}
	case "iam":
		return rate{perSecond: 5, burst: 10}
	case "organizations", "account", "ssoadmin":
		return rate{perSecond: 1.5, burst: 5}
	case "kms":
		return rate{perSecond: 30, burst: 10}
	case "s3", "s3control":
		return rate{perSecond: 80, burst: 16}
	case "cloudwatchlogs", "cloudtrail":
		return rate{perSecond: 3, burst: 5, perOperation: true}
	}
	return rate{perSecond: 6, burst: 10, perOperation: true}
}

// budgetKey is what one bucket of tokens is for.
type budgetKey struct{ region, service, operation string }

// bucket is a token bucket whose rate falls by half when the service says that it is too much, and rises again slowly.
type bucket struct {
	rate
	now    float64 // calls per second at present
	tokens float64
	at     time.Time // when tokens were counted
	cut    time.Time // when the rate fell last
	knee   float64   // the rate at which it fell: near it the rate rises with care
}

// budget paces the calls of one account.
type budget struct {
	clock func() time.Time
	sleep func(context.Context, time.Duration) error
	slots chan struct{} // calls at the same time

	mu      sync.Mutex
	buckets map[budgetKey]*bucket
	total   *bucket // over everything; nil without such a limit
}

// callsAtOnce is how many calls of one account are under way at the same time.
const callsAtOnce = 64

func newBudget(o Options) *budget {
	b := &budget{clock: o.Now, sleep: o.Sleep, slots: make(chan struct{}, callsAtOnce), buckets: map[budgetKey]*bucket{}}
	if o.MaxRate > 0 {
		b.total = &bucket{rate: rate{perSecond: o.MaxRate, burst: max(o.MaxRate, 1)}, now: o.MaxRate, tokens: 1, at: o.Now()}
	}
	return b
}

// install paces every attempt of every call.
func (b *budget) install(stack *middleware.Stack) error {
	return stack.Finalize.Insert(middleware.FinalizeMiddlewareFunc("tomscanBudget", b.pace), "Retry", middleware.After)
}

func (b *budget) pace(ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler) (
	middleware.FinalizeOutput, middleware.Metadata, error,
) {
	operation := operationOf(ctx)
	key := budgetKeyOf(awsmiddleware.GetRegion(ctx), operation)
	for wait := b.take(key); wait > 0; wait = b.take(key) {
		if err := b.sleep(ctx, wait); err != nil {
			return middleware.FinalizeOutput{}, middleware.Metadata{}, &aws.RequestCanceledError{Err: err}
		}
	}
	select {
	case b.slots <- struct{}{}:
	case <-ctx.Done():
		return middleware.FinalizeOutput{}, middleware.Metadata{}, &aws.RequestCanceledError{Err: ctx.Err()}
	}
	out, metadata, err := next.HandleFinalize(ctx, in)
	<-b.slots
	outcome, _ := classify(operation, err)
	b.learn(key, err != nil && outcome == evidence.OutcomeThrottled)
	return out, metadata, err
}

// budgetKeyOf is the bucket that a call takes its token from.
func budgetKeyOf(region, operation string) budgetKey {
	key := budgetKey{region: region, service: serviceOf(operation)}
	if rateOf(key.service).perOperation {
		key.operation = operation
	}
	return key
}

// take takes a token and returns 0, or returns how long to wait before asking again.
func (b *budget) take(key budgetKey) time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := b.clock()
	own := b.buckets[key]
	if own == nil {
		r := rateOf(key.service)
		own = &bucket{rate: r, now: r.perSecond, knee: r.perSecond, tokens: r.burst, at: now}
		b.buckets[key] = own
	}
	own.fill(now)
	if b.total != nil {
		b.total.fill(now)
		if b.total.tokens < 1 {
			return b.total.wait()
		}
	}
	if own.tokens < 1 {
		return own.wait()
	}
	own.tokens--
	if b.total != nil {
		b.total.tokens--
	}
	return 0
}

// fill adds the tokens of the time that has passed.
func (k *bucket) fill(now time.Time) {
	k.tokens = min(k.burst, k.tokens+now.Sub(k.at).Seconds()*k.now)
	k.at = now
}

// wait is how long it takes until there is a token, and a little more.
func (k *bucket) wait() time.Duration {
	return time.Duration((1-k.tokens)/k.now*float64(time.Second)) + time.Millisecond
}

const (
	slowest  = 0.5                    // calls per second to which throttling brings a bucket at the lowest
	oneRound = 300 * time.Millisecond // refusals within this time have one cause: calls that were under way together
)

// learn halves the rate and empties the bucket after a refusal for too many calls, and otherwise raises the rate again:
// quickly at first, slowly near to where it was refused.
func (b *budget) learn(key budgetKey, throttled bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	own := b.buckets[key]
	switch now := b.clock(); {
	case !throttled:
		own.now = min(own.perSecond, own.now+own.rise())
	case now.Sub(own.cut) >= oneRound:
		own.knee, own.now, own.cut = own.now, max(slowest, own.now/2), now
		own.tokens = min(own.tokens, 0)
	}
}

// rise is how much the rate rises with one answer.
func (k *bucket) rise() float64 {
	if k.now < 0.7*k.knee {
		return k.perSecond / 100
	}
	return k.perSecond / 2000
}
