package aws

import (
	"context"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/kinesis"
	"github.com/aws/aws-sdk-go-v2/service/kinesis/types"

	"github.com/tomscan/tomscan/evidence"
)

const (
	docStreamTransport  = "https://docs.aws.amazon.com/streams/latest/dev/infrastructure-security.html"
	docStreamEncryption = "https://docs.aws.amazon.com/streams/latest/dev/what-is-sse.html"
)

// kinesisStreams reads data streams, which keep records as queues keep messages.
func kinesisStreams() reader {
	return reader{
		service: "kinesis",
		kinds:   []evidence.Kind{evidence.Queue{}.Kind()},
		operations: []operation{
			{name: "DescribeStreamSummary", action: "kinesis:DescribeStreamSummary", fills: []string{"queue.encryption", "queue.retention_days"}},
			{name: "ListStreams", action: "kinesis:ListStreams", lists: []evidence.Kind{evidence.Queue{}.Kind()}},
			{name: "kms.DescribeKey", action: "kms:DescribeKey", fills: []string{"queue.encryption"}},
		},
		read: readStreams,
	}
}

func readStreams(ctx context.Context, s *site) {
	client := kinesis.NewFromConfig(s.config())
	in := &kinesis.ListStreamsInput{Limit: sdk.Int32(100)}
	next := func(i *kinesis.ListStreamsInput, o *kinesis.ListStreamsOutput) (**string, *string) {
		return &i.NextToken, o.NextToken
	}
	names, m := pages(ctx, s, "", client.ListStreams, in, next, func(o *kinesis.ListStreamsOutput) []string { return o.StreamNames })
	s.hide(m, evidence.Queue{}.Kind())
	each(ctx, s, names, func(ctx context.Context, name string) { s.readStream(ctx, client, name) })
}

// readStream reads one stream. Its endpoints speak TLS only.
func (s *site) readStream(ctx context.Context, client *kinesis.Client, name string) {
	queue := evidence.Queue{Placement: s.placed(nil), Encryption: notAsked[string](), RetentionDays: notAsked[int](),
		TLSRequired: evidence.Default(true, docStreamTransport)}
	if s.needs("DescribeStreamSummary") {
		out, m := get(ctx, s, name, client.DescribeStreamSummary, &kinesis.DescribeStreamSummaryInput{StreamName: &name})
		if m.vanished() {
			return
		}
		if m == nil && out.StreamDescriptionSummary == nil {
			m = emptyAnswer(s, "kinesis.DescribeStreamSummary")
		}
		queue.Encryption = told(out, m, evidence.Value[string]{}, func(o *kinesis.DescribeStreamSummaryOutput) evidence.Value[string] {
			return s.streamLevel(ctx, o.StreamDescriptionSummary)
		})
		queue.RetentionDays = told(out, m, evidence.Value[int]{}, func(o *kinesis.DescribeStreamSummaryOutput) evidence.Value[int] {
			return evidence.Map(said(o.StreamDescriptionSummary.RetentionPeriodHours), func(hours int32) int { return int(hours+23) / 24 })
		})
	}
	s.add(thing{arn: s.arnHere("kinesis", "stream/"+name), typ: "kinesis:stream", name: name}, queue)
}

// streamLevel is the encryption of a stream: none, unless it names a key.
func (s *site) streamLevel(ctx context.Context, stream *types.StreamDescriptionSummary) evidence.Value[string] {
	switch stream.EncryptionType {
	case "", types.EncryptionTypeNone:
		return evidence.Default(evidence.EncryptionNone, docStreamEncryption)
	case types.EncryptionTypeKms:
		return s.keyOr(ctx, sdk.ToString(stream.KeyId), evidence.Value[string]{})
	}
	return evidence.Unresolved[string](evidence.Because("unmodelled_value", "value", string(stream.EncryptionType)))
}
