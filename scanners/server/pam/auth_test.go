package pam

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

const debianCommonAuth = `auth	[success=1 default=ignore]	pam_unix.so nullok
auth	requisite			pam_deny.so
auth	required			pam_permit.so
auth	optional			pam_cap.so
`

const redHatSystemAuth = `auth        required      pam_env.so
auth        required      pam_faildelay.so delay=2000000
auth        [default=1 ignore=ignore success=ok]         pam_usertype.so isregular
auth        [default=1 ignore=ignore success=ok]         pam_localuser.so
auth        sufficient    pam_unix.so nullok
auth        [default=1 ignore=ignore success=ok]         pam_usertype.so isregular
auth        sufficient    pam_sss.so forward_pass
auth        required      pam_deny.so
`

// judged is an Auth in short.
type judged struct {
	Possible                         bool
	Password, SecondFactor, Enrolled Verdict
	By                               []int // lines that decide about the second factor
}

func judge(t *testing.T, files map[string]string) judged {
	t.Helper()
	s, err := Load(capture.MemoryOf(files), "sshd")
	if err != nil {
		t.Fatal(err)
	}
	a := s.Auth()
	j := judged{a.Possible, a.Password.Verdict, a.SecondFactor.Verdict, a.Enrolled.Verdict, nil}
	for _, line := range a.SecondFactor.By {
		j.By = append(j.By, line.Number)
	}
	return j
}

func TestAuth(t *testing.T) {
	for _, c := range []struct {
		name, sshd string
		want       judged
	}{
		{"Debian's own", "@include common-auth\n", judged{true, Yes, No, No, []int{1, 3}}},
		{"a code after the password", "@include common-auth\nauth required pam_google_authenticator.so\n", judged{true, Yes, Yes, Yes, []int{2}}},
		{"a code that not all have", "@include common-auth\nauth required pam_google_authenticator.so nullok\n", judged{true, Yes, No, Yes, []int{1, 3}}},
		{"an optional code", "@include common-auth\nauth optional pam_oath.so\n", judged{true, Yes, No, No, []int{1, 3}}},
		{"a code or a password", "auth sufficient pam_unix.so\nauth required pam_oath.so\n", judged{true, No, No, No, []int{1}}},
		{"a code alone", "auth required pam_oath.so\n", judged{true, No, Yes, Yes, []int{1}}},
		{"a password that jumps over the code", "auth [success=1 default=ignore] pam_unix.so\nauth required pam_oath.so\nauth required pam_permit.so\n", judged{true, No, No, No, []int{1, 3}}},
		{"a code before the password", "auth required pam_u2f.so cue\n@include common-auth\n", judged{true, Yes, Yes, Yes, []int{1}}},
		{"a code in a substack that ends early", "auth substack system-auth\nauth required pam_oath.so\n", judged{true, Yes, Yes, Yes, []int{2}}},
		{"a code after an include that ends early", "auth include system-auth\nauth required pam_oath.so\n", judged{true, Yes, No, No, []int{5}}},
		{"a module that is not known", "@include common-auth\nauth required pam_radius_auth.so\n", judged{true, Yes, Undecided, Undecided, []int{2}}},
		{"a module that is not known and cannot decide", "auth optional pam_radius_auth.so\nauth required pam_oath.so\nauth required pam_unix.so\n", judged{true, Yes, Yes, Yes, []int{2}}},
		{"a condition before the code", "@include common-auth\nauth [success=1 default=ignore] pam_succeed_if.so user ingroup none\nauth required pam_oath.so\n", judged{true, Yes, Undecided, Undecided, []int{2}}},
		{"a gate before the password", "auth requisite pam_nologin.so\n@include common-auth\n", judged{true, Yes, No, No, []int{1, 3}}},
		{"root of the daemon", "auth sufficient pam_rootok.so\nauth required pam_unix.so\n", judged{true, No, No, No, []int{1}}},
		{"nobody", "auth required pam_deny.so\n", judged{false, Yes, Yes, Yes, nil}},
		{"everybody", "auth required pam_permit.so\n", judged{true, No, No, No, []int{1}}},
		{"nothing but ignored modules", "auth required pam_env.so\n", judged{false, Yes, Yes, Yes, nil}},
		{"no own auth: that of other", "account required pam_unix.so\n", judged{false, Yes, Yes, Yes, nil}},
		{"an include that is missing", "auth include nowhere\nauth required pam_unix.so\n", judged{false, Yes, Yes, Yes, nil}},
		{"a directory of modules", "auth required /lib/security/pam_unix.so\n", judged{true, Yes, No, No, []int{1}}},
		{"privacyIDEA", "auth required pam_unix.so\nauth required pam_python.so /lib/security/privacyidea_pam.py url=https://mfa.example\n", judged{true, Yes, Yes, Yes, []int{2}}},
		{"a file that ends within a line", "auth required pam_permit.so \\", judged{false, Yes, Yes, Yes, nil}},
		{"a loop of includes", "@include sshd\n", judged{false, Yes, Yes, Yes, nil}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := judge(t, map[string]string{
				"/etc/pam.d/sshd": c.sshd, "/etc/pam.d/common-auth": debianCommonAuth, "/etc/pam.d/system-auth": redHatSystemAuth,
				"/etc/pam.d/other": "auth required pam_deny.so\n",
			})
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAuthOfFilesThatAreNotCollected(t *testing.T) {
	m := capture.NewMemory()
	add := func(name, data string) { m.Add(name, capture.Info{Mode: 0o644}, []byte(data), nil) }
	add("/etc/pam.d/sshd", "auth required pam_oath.so\nauth include elsewhere\n")
	s, err := Load(m, "sshd")
	if err != nil {
		t.Fatal(err)
	}
	a := s.Auth()
	if a.SecondFactor.Verdict != Yes || a.Password.Verdict != Undecided || len(s.Unread) != 1 || s.Complete("auth") {
		t.Errorf("got %+v, unread %v", a, s.Unread)
	}
	if _, err := Load(m, "login"); err == nil {
		t.Error("a service that was not collected has a stack")
	}
}

func TestPamConfCountsWithoutADirectory(t *testing.T) {
	conf := "SSHD auth required pam_oath.so\nlogin auth required pam_permit.so\nother auth required pam_deny.so\n"
	got := judge(t, map[string]string{"/etc/pam.conf": conf})
	if diff := cmp.Diff(judged{true, No, Yes, Yes, []int{1}}, got); diff != "" {
		t.Error(diff)
	}
}

func TestModulesJoinLines(t *testing.T) {
	s, err := Load(capture.MemoryOf(map[string]string{"/etc/pam.d/x": "-password [success=1 \\\n# a comment\n  default=ignore] pam_unix.so obscure [a b\\]] # yescrypt\n"}), "x")
	if err != nil {
		t.Fatal(err)
	}
	want := []Module{{Name: "pam_unix", Args: []string{"obscure", "a b]"}, Control: "success=1    default=ignore", Line: Line{"/etc/pam.d/x", 1, "-password [success=1  default=ignore] pam_unix.so obscure [a b\\]] "}}}
	want[0].Control = "success=1  default=ignore"
	if diff := cmp.Diff(want, s.Modules("password")); diff != "" {
		t.Error(diff)
	}
}

func FuzzLoad(f *testing.F) {
	f.Add(debianCommonAuth, redHatSystemAuth)
	f.Add("@include b\n", "@include sshd\n")
	f.Add("auth [success=2 default=reset foo=3] pam_unix.so\nauth substack b", "auth required pam_oath.so nullok \\\n")
	f.Fuzz(func(t *testing.T, a, b string) {
		s, err := Load(capture.MemoryOf(map[string]string{"/etc/pam.d/sshd": a, "/etc/pam.d/b": b}), "sshd")
		if err != nil {
			t.Fatal(err)
		}
		auth := s.Auth()
		if !auth.Possible && (auth.Password.Verdict == No || auth.SecondFactor.Verdict == No) {
			t.Errorf("nobody can log in, and somebody can without a factor: %+v", auth)
		}
		if auth.SecondFactor.Verdict == Yes && auth.Enrolled.Verdict != Yes {
			t.Errorf("enrolling everybody weakens the stack: %+v", auth)
		}
	})
}
