package aws

import (
	"context"
	"sync"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail/types"

	"github.com/tomscan/tomscan/evidence"
)

// lakes are the regions of an account that told of no trail. An account without any may record in event data stores of
// CloudTrail Lake instead: these are asked for then, and only then.
type lakes struct {
	mu    sync.Mutex
	sites []*site
	trail bool // one was found somewhere
}

type lakesKey struct{}

// noteTrails notes how many trails the site's region told of.
func (s *site) noteTrails(ctx context.Context, found int) {
	if !s.needs("ListEventDataStores") {
		return
	}
	l := once(&s.account.remembered, lakesKey{}, func() *lakes {
		l := &lakes{}
		s.later(func() { l.read(ctx) })
		return l
	})
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sites = append(l.sites, s)
	l.trail = l.trail || found > 0
}

func (l *lakes) read(ctx context.Context) {
	if !l.trail {
		each(ctx, l.sites[0], l.sites, func(ctx context.Context, s *site) { s.readLake(ctx) })
	}
}

// readLake reads the event data stores of a region. The list tells no more than their names.
// https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_EventDataStore.html
func (s *site) readLake(ctx context.Context) {
	client := cloudtrail.NewFromConfig(s.config())
	in := &cloudtrail.ListEventDataStoresInput{MaxResults: sdk.Int32(1000)}
	next := func(i *cloudtrail.ListEventDataStoresInput, o *cloudtrail.ListEventDataStoresOutput) (**string, *string) {
		return &i.NextToken, o.NextToken
	}
	stores, m := pages(ctx, s, "", client.ListEventDataStores, in, next,
		func(o *cloudtrail.ListEventDataStoresOutput) []types.EventDataStore { return o.EventDataStores })
	s.hide(m, evidence.AuditTrail{}.Kind())
	each(ctx, s, stores, func(ctx context.Context, store types.EventDataStore) {
		arn := sdk.ToString(store.EventDataStoreArn)
		out, m := get(ctx, s, arn, client.GetEventDataStore, &cloudtrail.GetEventDataStoreInput{EventDataStore: &arn})
		switch {
		case m == nil:
			s.addEventDataStore(ctx, arn, out)
		case !m.vanished():
			s.hide(m, evidence.AuditTrail{}.Kind())
		}
	})
}

// addEventDataStore adds an event data store that records as a trail does. It has no log files that could be validated.
func (s *site) addEventDataStore(ctx context.Context, arn string, o *cloudtrail.GetEventDataStoreOutput) {
	records := trailRecords{}
	if len(o.AdvancedEventSelectors) > 0 {
		var all trailEvents
		for _, e := range o.AdvancedEventSelectors {
			all = all.and(advancedEvents(e))
		}
		if all == (trailEvents{}) {
			return // it keeps something else, as configurations
		}
		records = trailRecords{management: all.management(), data: evidence.Known(all.data)}
	}
	if hasStopped(o.Status) {
		return
	}
	all := said(o.MultiRegionEnabled)
	t := s.trailThing("cloudtrail:eventdatastore", arn, lastPart(arn), s.region, "")
	t.unasked = []string{"cloudtrail.DescribeTrails", "cloudtrail.GetEventSelectors", "cloudtrail.GetTrailStatus"}
	s.add(t, evidence.AuditTrail{
		Region:              evidence.Known(s.region),
		Logging:             ingests(o.Status),
		AllRegions:          all,
		GlobalEvents:        evidence.AnyTrue(all, evidence.Known(s.region == s.home)),
		ManagementEvents:    records.management,
		DataEvents:          records.data,
		IntegrityValidation: evidence.Unresolved[bool](evidence.Because("no_log_files")),
		Encryption: asked(s, "kms.DescribeKey", func() evidence.Value[string] {
			return s.levelOf(ctx, s.region, o.KmsKeyId, evidence.Unresolved[string](evidence.Because("not_told_by_provider")))
		}),
	})
}

// hasStopped says whether nothing is recorded any more: that is no trail, it is what is left of one.
func hasStopped(status types.EventDataStoreStatus) bool {
	switch status {
	case types.EventDataStoreStatusPendingDeletion, types.EventDataStoreStatusStoppedIngestion, types.EventDataStoreStatusStoppingIngestion:
		return true
	}
	return false
}

// ingests says whether a store records. One that is just made may, or may not.
func ingests(status types.EventDataStoreStatus) evidence.Value[bool] {
	switch status {
	case types.EventDataStoreStatusEnabled:
		return evidence.Known(true)
	case "":
		return evidence.Value[bool]{}
	}
	return evidence.Unresolved[bool](evidence.Because("unmodelled_value", "value", string(status)))
}
