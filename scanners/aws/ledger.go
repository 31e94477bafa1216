package aws

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"github.com/tomscan/tomscan/evidence"
)

// answerLimit is the largest answer that is read. The largest that AWS sends are pages of some megabytes.
const answerLimit = 64 << 20

// ledger is the list of all calls of one account.
type ledger struct {
	account string
	actions map[string]string // permissions by operation
	now     func() time.Time
	gone    atomic.Bool // the credentials have ended: nothing more is sent
	silent  sync.Map    // region and service that do not answer -> what went wrong: nothing more is sent there
	renew   func()      // forgets credentials, so that the next call gets new ones; may be nil

	mu   sync.Mutex
	rows []*evidence.Call
}

// items notes how much a page held.
func (l *ledger) items(n *note, count int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if n.row == nil {
		return
	}
	n.row.Items = count
	if count == 0 {
		n.row.Outcome = evidence.OutcomeEmpty
	}
}

// calls returns the rows.
func (l *ledger) calls() []evidence.Call {
	l.mu.Lock()
	defer l.mu.Unlock()
	rows := make([]evidence.Call, 0, len(l.rows))
	for _, r := range l.rows {
		rows = append(rows, *r)
	}
	return rows
}

type hashKey struct{}

// install adds the ledger to a client's stack: around the whole call for the row, and next to the transport for the digest
// of what was received.
func (l *ledger) install(stack *middleware.Stack) error {
	row := middleware.InitializeMiddlewareFunc("tomscanLedger", l.write)
	if err := stack.Initialize.Add(row, middleware.After); err != nil {
		return err
	}
	return stack.Deserialize.Add(middleware.DeserializeMiddlewareFunc("tomscanDigest", digest), middleware.After)
}

// write makes the row of one call, all its attempts included.
func (l *ledger) write(ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler) (
	middleware.InitializeOutput, middleware.Metadata, error,
) {
	operation, region := operationOf(ctx), awsmiddleware.GetRegion(ctx)
	n, noted := ctx.Value(noteKey{}).(*note)
	if noted {
		n.operation, n.region = operation, region
	}
	if _, listed := l.actions[operation]; !listed {
		return middleware.InitializeOutput{}, middleware.Metadata{}, errNotListed
	}
	if err := ctx.Err(); err != nil {
		return middleware.InitializeOutput{}, middleware.Metadata{}, err
	}
	if l.gone.Load() {
		return middleware.InitializeOutput{}, middleware.Metadata{}, errGone
	}
	if _, silent := l.silent.Load(region + " " + serviceOf(operation)); silent {
		return middleware.InitializeOutput{}, middleware.Metadata{}, errSilent
	}
	row := &evidence.Call{Collector: name, Account: l.account, Region: region, Operation: operation, Action: l.actions[operation],
		Outcome: evidence.OutcomeOK, Start: stamp(l.now())}
	body := sha256.New()
	sent := context.WithValue(ctx, hashKey{}, body)
	out, metadata, err := next.HandleInitialize(sent, in)
	finish(row, metadata, err)
	if row.Outcome == evidence.OutcomeExpired && l.renew != nil {
		l.renew()
		out, metadata, err = next.HandleInitialize(sent, in)
		finish(row, metadata, err)
	}
	if row.Outcome == evidence.OutcomeError && slices.Contains([]string{noAnswer, noConnection, noTrust}, row.Error) {
		l.silent.Store(region+" "+serviceOf(operation), true)
	}
	row.End = stamp(l.now())
	if row.Outcome != evidence.OutcomeInterrupted {
		row.SHA256 = hex.EncodeToString(body.Sum(nil))
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if noted {
		row.Resource, row.Page, n.row = n.resource, n.page, row
	}
	l.rows = append(l.rows, row)
	return out, metadata, err
}

// finish fills in how a call ended.
func finish(row *evidence.Call, metadata middleware.Metadata, err error) {
	row.Attempts += attempts(metadata)
	row.Outcome, row.Error, row.Status = evidence.OutcomeOK, "", 0
	row.RequestID, _ = awsmiddleware.GetRequestIDMetadata(metadata)
	if err == nil {
		return
	}
	row.Outcome, row.Error = classify(row.Operation, err)
	_, _, row.Status = partsOf(err)
	var response interface{ ServiceRequestID() string }
	if row.RequestID == "" && errors.As(err, &response) {
		row.RequestID = response.ServiceRequestID()
	}
}

// operationOf is the full name of the operation that a context is about: the SDK's package and the operation.
func operationOf(ctx context.Context) string {
	service := strings.ToLower(strings.ReplaceAll(awsmiddleware.GetServiceID(ctx), " ", ""))
	return service + "." + awsmiddleware.GetOperationName(ctx)
}

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z07:00") }

func attempts(metadata middleware.Metadata) int {
	results, _ := retry.GetAttemptResults(metadata)
	return max(len(results.Results), 1)
}

// digest lets the answer's body pass through the digest of the call. Of several attempts the last counts.
func digest(ctx context.Context, in middleware.DeserializeInput, next middleware.DeserializeHandler) (
	middleware.DeserializeOutput, middleware.Metadata, error,
) {
	out, metadata, err := next.HandleDeserialize(ctx, in)
	body, ok := ctx.Value(hashKey{}).(hash.Hash)
	response, isHTTP := out.RawResponse.(*smithyhttp.Response)
	if ok && isHTTP && response.Body != nil {
		body.Reset()
		response.Body = digested{Reader: io.TeeReader(io.LimitReader(response.Body, answerLimit), body), Closer: response.Body}
	}
	return out, metadata, err
}

// digested is a body whose bytes are noted as they are read.
type digested struct {
	io.Reader
	io.Closer
}

// adopt fills in the account of rows that were written before it was known.
func (l *ledger) adopt(id string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, r := range l.rows {
		r.Account = id
	}
}
