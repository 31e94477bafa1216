package aws

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
)

// latestBackups gathers what the readers of an account know of backups, by the ARN of what is backed up. Several services
// may back up one thing, and a backup may be copied to other regions; how much would be lost depends on the latest alone. So
// of one thing there is one fact.
type latestBackups struct {
	mu     sync.Mutex
	points map[string][]backupPoint
	doubts []backupDoubt
}

// backupPoint is a backup of a thing, as one reader found it in one region.
type backupPoint struct {
	site *site
	at   *time.Time // the moment that it holds; nil: none
	is   evidence.RecoveryPoint
}

// backupDoubt is why a reader may know of backups that it did not tell: of the things whose ARN begins so.
type backupDoubt struct {
	service, things string
	why             evidence.Reason
}

// noteBackup notes a backup of the thing with the ARN. The region and the age of the fact are the site's and at's.
func (s *site) noteBackup(arn string, at *time.Time, is evidence.RecoveryPoint) {
	b := &s.backups
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.points == nil {
		b.points = map[string][]backupPoint{}
		s.later(s.addLatestBackups)
	}
	b.points[arn] = append(b.points[arn], backupPoint{site: s, at: at, is: is})
}

// backupsUnknown notes that, because of m, backups of things may be missing: of those whose ARN has the sort as service and
// type, or as service alone, in the site's region.
func (s *site) backupsUnknown(m *miss, sort string) {
	if m == nil || m.nothingThere() {
		return
	}
	service, typ, _ := strings.Cut(sort, ":")
	things := "arn:" + s.partition + ":" + service + ":" + s.region + ":"
	if typ != "" {
		things += s.id + ":" + typ + ":"
	}
	s.hide(m, evidence.RecoveryPoint{}.Kind())
	s.backups.mu.Lock()
	defer s.backups.mu.Unlock()
	s.backups.doubts = append(s.backups.doubts, backupDoubt{service: s.reader.service, things: things, why: m.reason()})
}

// addLatestBackups adds a fact for each thing that is backed up, once all readers are done.
func (a *account) addLatestBackups() {
	for arn, points := range a.backups.points {
		slices.SortFunc(points, func(x, y backupPoint) int {
			return cmp.Or(compareTimes(y.at, x.at), cmp.Compare(x.site.region, y.site.region), cmp.Compare(x.site.reader.service, y.site.reader.service))
		})
		latest := points[0]
		latest.site.add(thing{arn: arn, suffix: "latest-backup", level: evidence.LevelOperation}, evidence.RecoveryPoint{
			Placement:  evidence.Placement{Region: evidence.Known(latest.site.region), Copies: fromAll(points, "copies", copiesOf(points))},
			Of:         latest.is.Of,
			AgeHours:   fromAll(points, "age_hours", evidence.Known(latest.site.hoursSince(latest.at)).Incomplete(a.backups.doubtsOf(arn, points)...)),
			Encryption: fromAll(points, "encryption", weakestOf(points)),
		})
	}
}

// compareTimes orders moments, the earliest first; none is before all.
func compareTimes(x, y *time.Time) int {
	switch {
	case x == nil && y == nil:
		return 0
	case x == nil:
		return -1
	case y == nil:
		return 1
	}
	return x.Compare(*y)
}

// fromAll gives a setting the calls of all readers that tell it.
func fromAll[T any](points []backupPoint, setting string, v evidence.Value[T]) evidence.Value[T] {
	var at []evidence.Position
	for _, p := range points {
		for _, call := range p.site.told.of(evidence.RecoveryPoint{}.Kind(), setting) {
			if !slices.Contains(at, call) {
				at = append(at, call)
			}
		}
	}
	return v.At(at...)
}

// copiesOf are all regions but the latest backup's own that hold backups of the thing. Where one reader does not know its
// copies there may be more than the others know.
func copiesOf(points []backupPoint) evidence.Value[[]string] {
	if len(points) == 1 {
		return points[0].is.Copies
	}
	regions := []string{}
	var more []evidence.Reason
	for _, p := range points {
		copies, known := p.is.Copies.Get()
		regions = append(append(regions, copies...), p.site.region)
		if more = append(more, p.is.Copies.More()...); !known {
			more = append(more, p.is.Copies.Why())
		}
	}
	slices.Sort(regions)
	regions = slices.DeleteFunc(slices.Compact(regions), func(region string) bool { return region == points[0].site.region })
	return evidence.Known(regions).Incomplete(more...)
}

// weakestOf is the weakest encryption of the backups.
func weakestOf(points []backupPoint) evidence.Value[string] {
	var levels []evidence.Value[string]
	for _, p := range points {
		levels = append(levels, p.is.Encryption)
	}
	return awsrules.Weakest(levels)
}

// doubtsOf are the reasons why there may be a later backup of a thing: a service that tells of none could not be read.
func (b *latestBackups) doubtsOf(arn string, points []backupPoint) []evidence.Reason {
	var why []evidence.Reason
	for _, d := range b.doubts {
		toldOf := slices.ContainsFunc(points, func(p backupPoint) bool { return p.site.reader.service == d.service })
		if strings.HasPrefix(arn, d.things) && !toldOf {
			why = append(why, d.why)
		}
	}
	if len(why) > 0 {
		why = []evidence.Reason{firstReason(why)}
	}
	return why
}
