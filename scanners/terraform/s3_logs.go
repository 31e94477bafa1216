package terraform

import (
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

// logSource is an argument by which a resource delivers logs into a bucket; block is the nested block that holds it.
type logSource struct{ typ, block, attr string }

// logSources lists the arguments that name a bucket for logs.
func logSources() []logSource {
	return []logSource{
		{"aws_alb", "access_logs", "bucket"},
		{"aws_alb", "connection_logs", "bucket"},
		{"aws_cloudfront_distribution", "logging_config", "bucket"},
		{"aws_cloudtrail", "", "s3_bucket_name"},
		{"aws_elb", "access_logs", "bucket"},
		{"aws_flow_log", "", "log_destination"},
		{"aws_lb", "access_logs", "bucket"},
		{"aws_lb", "connection_logs", "bucket"},
		{"aws_s3_bucket", "logging", "target_bucket"},
		{"aws_s3_bucket_logging", "", "target_bucket"},
	}
}

// logTargets are the buckets that the log sources of a root deliver into: by reference, by name, and where the code does
// not tell.
type logTargets struct {
	byAddress map[string]evidence.Value[bool]
	byName    map[string]evidence.Value[bool]
	open      *evidence.Value[bool] // of a source whose bucket is not known
}

func logTargetsOf(r *eval.Root) logTargets {
	t := logTargets{byAddress: map[string]evidence.Value[bool]{}, byName: map[string]evidence.Value[bool]{}}
	for _, source := range logSources() {
		for _, i := range r.OfType(source.typ) {
			block := i.Block
			if source.block != "" {
				block = block.Block(source.block)
			}
			t.add(block.Attr(source.attr))
		}
	}
	return t
}

// add records what one argument points at. A reference to something else than a bucket is none of ours.
func (t *logTargets) add(a eval.Attr) {
	if a.IsUnset() {
		return
	}
	yes := evidence.Known(true).At(a.At())
	for _, ref := range a.Refs() {
		t.byAddress[ref.Address] = yes
	}
	text := a.Text(evidence.Value[string]{})
	if got, known := text.Get(); known {
		t.byName[bucketIn(got)] = yes
	} else if len(a.Refs()) == 0 {
		open := evidence.NotKnown[bool](text)
		t.open = &open
	}
}

// bucketIn cuts the name of a bucket out of a name, an ARN with or without a prefix for objects, or a domain name.
func bucketIn(text string) string {
	name := strings.TrimPrefix(awsrules.InAnyPartition(text), "arn:aws:s3:::")
	name, _, _ = strings.Cut(name, "/")
	if at := strings.Index(name, ".s3"); at > 0 && strings.Contains(name[at:], ".amazonaws.") {
		name = name[:at]
	}
	return name
}

// hold says whether a log source of the same root delivers into the bucket. A source whose bucket is not known leaves it
// open.
func (t logTargets) hold(b *eval.Instance) evidence.Value[bool] {
	if v, ok := t.byAddress[b.Address]; ok {
		return v
	}
	name, known := b.Attr("bucket").Text(evidence.Value[string]{}).Get()
	if v, ok := t.byName[name]; ok && known && name != "" {
		return v
	}
	if t.open != nil {
		return *t.open
	}
	return evidence.Known(false).At(b.At(evidence.RoleDefaults))
}
