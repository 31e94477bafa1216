package terraform

import (
	"slices"
	"strings"

	"github.com/tomscan/tomscan/evidence"
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

// holdsLogs says whether a log source of the same root delivers into the bucket. A source whose bucket is not known
// leaves it open; a source that names no bucket of this root does not.
func (b *bucket) holdsLogs() evidence.Value[bool] {
	var open *evidence.Value[bool]
	for _, source := range logSources() {
		for _, i := range b.root.OfType(source.typ) {
			block := i.Block
			if source.block != "" {
				block = block.Block(source.block)
			}
			switch v := b.isTarget(block.Attr(source.attr)); {
			case isKnown(v, true):
				return v
			case v.State() != evidence.StateKnown && open == nil:
				open = &v
			}
		}
	}
	if open != nil {
		return *open
	}
	return evidence.Known(false).At(b.Instance.At(evidence.RoleDefaults))
}

// isTarget says whether a names the bucket: by reference, by name, by ARN, or by its domain name.
func (b *bucket) isTarget(a eval.Attr) evidence.Value[bool] {
	if a.IsUnset() {
		return evidence.Known(false)
	}
	links := targets(b.root, a, "aws_s3_bucket")
	if slices.Contains(links.All, b.Instance) {
		return evidence.Known(true).At(a.At())
	}
	text := a.Text(evidence.Value[string]{})
	got, known := text.Get()
	name, named := b.Attr("bucket").Text(evidence.Value[string]{}).Get()
	switch {
	case len(links.All) > 0:
		return evidence.Known(false)
	case known && named:
		return evidence.Known(strings.TrimPrefix(beforePath(got), "arn:aws:s3:::") == name || strings.HasPrefix(got, name+".s3")).At(a.At())
	case known && strings.HasPrefix(got, "arn:aws:logs:"):
		return evidence.Known(false)
	case !known:
		return notKnown[bool](text)
	}
	return evidence.Known(false)
}

// beforePath cuts what follows the bucket in an ARN with a prefix for objects.
func beforePath(s string) string {
	before, _, _ := strings.Cut(s, "/")
	return before
}
