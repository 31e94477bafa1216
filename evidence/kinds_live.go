package evidence

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
)

// The kinds of this file are known only from a running system: who signs in, what was restored, which patches are
// missing, whether records arrive. Ages and times left are counted at the time of the run, in days or hours that have wholly
// passed or are wholly left.

// User is a person or a program that signs in to the provider's account with a password or a key of its own, or the
// account's root user. IdleDays is the longest time for which one of its passwords and active keys was not used, counted
// from its creation where it was never used: one forgotten key counts though the others are in daily use.
type User struct {
	Root            Value[bool] `setting:"root"`             // the account's root user
	ConsolePassword Value[bool] `setting:"console_password"` // it can sign in to the console with a password
	MFA             Value[bool] `setting:"second_factor"`    // a second factor is registered; for root: or root has no credentials at all
	ActiveKeys      Value[int]  `setting:"active_keys" unit:"keys"`
	OldestKeyDays   Value[int]  `setting:"oldest_key_days" unit:"days"` // age of the oldest active key, 0 without any
	IdleDays        Value[int]  `setting:"idle_days" unit:"days"`       // 0 without a password and an active key
}

// Kind returns user.
func (User) Kind() Kind { return "user" }

// PatchState is the patch level of one machine. Where no agent reports for the machine, Managed is false and all else is
// unresolved (not_managed): nobody knows what it lacks.
type PatchState struct {
	Region          Value[string] `setting:"region"`
	Managed         Value[bool]   `setting:"managed"` // a patch agent reports for the machine
	MissingPatches  Value[int]    `setting:"missing_patches" unit:"patches"`
	CriticalMissing Value[int]    `setting:"critical_missing" unit:"patches"` // those of MissingPatches that its baseline calls critical, or that are security fixes
	ScanAgeDays     Value[int]    `setting:"scan_age_days" unit:"days"`       // time since the last scan ended, Never when none did
}

// Kind returns patch_state.
func (PatchState) Kind() Kind { return "patch_state" }

// LogDelivery says whether the records of an audit trail or of flow logs arrive where they are kept.
type LogDelivery struct {
	Region     Value[string] `setting:"region"`
	Delivering Value[bool]   `setting:"delivering"`             // they are recorded, and arrive: the last delivery met no error and was not long ago
	AgeHours   Value[int]    `setting:"age_hours" unit:"hours"` // time since the last delivery, Never when there was none
}

// Kind returns log_delivery.
func (LogDelivery) Kind() Kind { return "log_delivery" }

// Certificate proves the name of a server to its clients: one that the provider's certificate store keeps. KeyBits is the
// length of its RSA key, or of an RSA key that is as strong as its key on an elliptic curve: 3072 for a curve of 256 bits,
// 7680 for 384 and 15360 for 521, see NIST SP 800-57 Part 1, Table 2
// (https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-57pt1r5.pdf).
type Certificate struct {
	Region   Value[string] `setting:"region"`
	DaysLeft Value[int]    `setting:"days_left" unit:"days"` // whole days until it expires, 0 when it has expired
	InUse    Value[bool]   `setting:"in_use"`                // a listener or the like presents it
	KeyBits  Value[int]    `setting:"key_bits" unit:"bits"`
	Renews   Value[bool]   `setting:"renews"` // the provider renews it in time by itself
}

// Kind returns certificate.
func (Certificate) Kind() Kind { return "certificate" }

// KeyBitsOfCurve is the KeyBits of a key on an elliptic curve of so many bits; it is not known of other curves.
func KeyBitsOfCurve(bits int) (int, bool) {
	n, ok := map[int]int{256: 3072, 384: 7680, 521: 15360}[bits]
	return n, ok
}

// ConfigurationRecorder records how the resources of an account and region are configured, and every change of it: AWS
// Config.
type ConfigurationRecorder struct {
	Region       Value[string] `setting:"region"`
	Recording    Value[bool]   `setting:"recording"`
	AllResources Value[bool]   `setting:"all_resources"` // every sort of resource that it supports in the region, now and in future
}

// Kind returns configuration_recorder.
func (ConfigurationRecorder) Kind() Kind { return "configuration_recorder" }

// PublicSharingBlock is the switch of an account and region that keeps snapshots or images from being shared with
// everybody.
type PublicSharingBlock struct {
	Region  Value[string] `setting:"region"`
	Of      Value[string] `setting:"covers" values:"snapshot,image"`
	Blocked Value[bool]   `setting:"blocked"` // nothing can be shared with everybody: what was shared before, neither
}

// Kind returns public_sharing_block.
func (PublicSharingBlock) Kind() Kind { return "public_sharing_block" }

// KeyBitsOf is the KeyBits of a public key: RSA, or one on an elliptic curve. Ed25519 is as strong as a curve of 256 bits. It is not known of
// other keys.
func KeyBitsOf(public any) (int, bool) {
	switch key := public.(type) {
	case *rsa.PublicKey:
		return key.N.BitLen(), true
	case *ecdsa.PublicKey:
		return KeyBitsOfCurve(key.Curve.Params().BitSize)
	case ed25519.PublicKey:
		return KeyBitsOfCurve(256)
	}
	return 0, false
}
