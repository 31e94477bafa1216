package aws

import (
	"time"

	"github.com/tomscan/tomscan/evidence"
)

// runtimeEnd is the day until which Lambda patches a runtime.
type runtimeEnd struct {
	name, day string
	open      bool // Lambda announced to patch it longer: after the day it is not known
}

// runtimeEnds are the runtimes of Lambda with the days after which they are deprecated, as of November 2026. There is no
// interface that tells them: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
func runtimeEnds() []runtimeEnd {
	return []runtimeEnd{
		{name: "dotnet10", day: "2028-11-14"}, {name: "dotnet5.0", day: "2022-05-10"}, {name: "dotnet6", day: "2024-12-20"},
		{name: "dotnet7", day: "2024-05-14"}, {name: "dotnet8", day: "2026-11-10"}, {name: "dotnetcore1.0", day: "2019-07-30"},
		{name: "dotnetcore2.0", day: "2019-05-30"}, {name: "dotnetcore2.1", day: "2022-01-05"}, {name: "dotnetcore3.1", day: "2023-04-03"},
		{name: "go1.x", day: "2024-01-08"},
		{name: "java11", day: "2026-06-30", open: true}, {name: "java17", day: "2026-06-30", open: true}, {name: "java21", day: "2029-06-30"},
		{name: "java25", day: "2029-06-30"}, {name: "java8", day: "2024-01-08"}, {name: "java8.al2", day: "2026-06-30", open: true},
		{name: "nodejs", day: "2016-10-31"}, {name: "nodejs10.x", day: "2021-07-30"}, {name: "nodejs12.x", day: "2023-03-31"},
		{name: "nodejs14.x", day: "2023-12-04"}, {name: "nodejs16.x", day: "2024-06-12"}, {name: "nodejs18.x", day: "2025-09-01"},
		{name: "nodejs20.x", day: "2026-04-30"}, {name: "nodejs22.x", day: "2027-04-30"}, {name: "nodejs24.x", day: "2028-04-30"},
		{name: "nodejs4.3", day: "2020-03-05"}, {name: "nodejs4.3-edge", day: "2019-04-30"}, {name: "nodejs6.10", day: "2019-08-12"},
		{name: "nodejs8.10", day: "2020-03-06"},
		{name: "provided", day: "2024-01-08"}, {name: "provided.al2", day: "2026-06-30", open: true}, {name: "provided.al2023", day: "2029-06-30"},
		{name: "python2.7", day: "2021-07-15"}, {name: "python3.10", day: "2026-06-30", open: true},
		{name: "python3.11", day: "2026-06-30", open: true}, {name: "python3.12", day: "2028-10-31"}, {name: "python3.13", day: "2029-06-30"},
		{name: "python3.14", day: "2029-06-30"}, {name: "python3.6", day: "2022-07-18"}, {name: "python3.7", day: "2023-12-04"},
		{name: "python3.8", day: "2024-10-14"}, {name: "python3.9", day: "2025-12-15"},
		{name: "ruby2.5", day: "2021-07-30"}, {name: "ruby2.7", day: "2023-12-07"}, {name: "ruby3.2", day: "2026-03-31"},
		{name: "ruby3.3", day: "2027-03-31"}, {name: "ruby3.4", day: "2028-03-31"},
	}
}

// runtimeSupported says whether Lambda still patches a runtime at a time. One that the table does not know may be newer
// than it.
func runtimeSupported(runtime string, now time.Time) evidence.Value[bool] {
	if runtime == "image" {
		return evidence.Unresolved[bool](evidence.Because("decided_by_image"))
	}
	unknown := evidence.Unresolved[bool](evidence.Because("runtime_not_known", "name", runtime))
	for _, r := range runtimeEnds() {
		if r.name != runtime {
			continue
		}
		supported := now.UTC().Format(time.DateOnly) <= r.day
		if !supported && r.open {
			return unknown
		}
		return evidence.Known(supported)
	}
	return unknown
}
