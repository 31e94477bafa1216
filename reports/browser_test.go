//go:build browser

package reports

import (
	"context"
	"encoding/json"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
)

// These tests open the page in a real Chromium, without network. Run them with make test-browser.

// TestBrowserFilter searches, narrows by verdict and severity, and clears.
func TestBrowserFilter(t *testing.T) {
	b := open(t, fixture())
	all := map[string]int{"all": 9, "fail": 3, "unknown": 3, "waived": 1, "pass": 2}
	if diff := cmp.Diff(b.shown(), all); diff != "" {
		t.Fatalf("at first (-got +want):\n%s", diff)
	}
	for _, c := range []struct {
		name, script string
		want         map[string]int
	}{
		{"resource", `type("replica")`, map[string]int{"all": 1, "unknown": 1}},
		{"check and file", `type("tom-enc-001 main.tf:20")`, map[string]int{"all": 1, "fail": 1}},
		{"passed resource opens the list", `type("aws_s3_bucket.good")`, map[string]int{"all": 1, "pass": 1}},
		{"reason", `type("db_key_arn")`, map[string]int{"all": 2, "unknown": 2}},
		{"nothing", `type("no such thing")`, map[string]int{"all": 0}},
		{"special characters are no pattern", `type(".*[")`, map[string]int{"all": 0}},
		{"cleared", `document.querySelector(".finder").reset()`, all},
		{"only fails", `tick("unknown", false); tick("waived", false); tick("pass", false)`, map[string]int{"all": 3, "fail": 3}},
		{"only severe fails", `choose("high")`, map[string]int{"all": 2, "fail": 2}},
		{"cleared again", `document.querySelector(".finder").reset()`, all},
	} {
		t.Run(c.name, func(t *testing.T) {
			b.run(c.script)
			if diff := cmp.Diff(b.shown(), c.want); diff != "" {
				t.Errorf("-got +want:\n%s", diff)
			}
			if got, want := b.text(".finder .status"), b.status(c.want["all"], 9); got != want {
				t.Errorf("the live region says %q, want %q", got, want)
			}
		})
	}
	b.quiet()
}

// TestBrowserShowsHostileNamesAsText looks for what the fixture's names try to bring in.
func TestBrowserShowsHostileNamesAsText(t *testing.T) {
	b := open(t, fixture())
	var got struct{ Scripts, Bold, Images, Handlers int }
	b.eval(&got, `({
		Scripts: document.scripts.length,
		Bold: document.querySelectorAll("b").length,
		Images: document.querySelectorAll("img, iframe, object, embed, link, base").length,
		Handlers: [...document.querySelectorAll("*")].filter((e) => [...e.attributes].some((a) => a.name.startsWith("on") || a.name === "style")).length,
	})`)
	if got.Scripts != 1 || got.Bold+got.Images+got.Handlers != 0 {
		t.Errorf("the page has elements of foreign text: %+v", got)
	}
	text := b.text("main")
	for _, want := range []string{hostileName, `line one\nline two\r\x1b[31mred`, `\u202egnp.exe`} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not show %q as text", want)
		}
	}
	if strings.ContainsAny(text, "\x1b\u202e\u009b") {
		t.Error("the page holds raw control characters")
	}
	b.quiet()
}

// TestBrowserPolicyStopsForeignCode tries what an attacker would who got markup into the page.
func TestBrowserPolicyStopsForeignCode(t *testing.T) {
	b := open(t, fixture())
	var ran bool
	b.eval(&ran, `(() => {
		document.body.insertAdjacentHTML("beforeend", "<p id=probe onclick='window.ran = true'></p>");
		document.getElementById("probe").click();
		const script = document.createElement("script");
		script.textContent = "window.ran = true";
		document.body.append(script);
		return window.ran === true;
	})()`)
	if ran {
		t.Error("an inline handler or a foreign script ran")
	}
}

// TestBrowserPrintsEverything prints the page while a search hides most of it, and looks at what paper shows.
func TestBrowserPrintsEverything(t *testing.T) {
	b := open(t, fixture())
	b.run(`type("no such thing")`)
	b.media(t, "print", "light")
	b.run(`dispatchEvent(new Event("beforeprint"))`)
	var hidden []string
	b.eval(&hidden, `[...document.querySelectorAll("main li, main tr, main p, main dd, main pre, main h3")]
		.filter((e) => e.closest(".finder") === null && !e.checkVisibility({contentVisibilityAuto: true})).map((e) => e.outerHTML.slice(0, 120))`)
	if len(hidden) > 0 {
		t.Errorf("paper lacks %d parts, such as %q", len(hidden), hidden[0])
	}
	pdf, err := chromedp.Run(b.ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize()))
	if err != nil {
		t.Fatal(err)
	}
	if len(pdf) < 10000 || string(pdf[:5]) != "%PDF-" {
		t.Errorf("printing gives %d bytes that are no page", len(pdf))
	}
	b.quiet()
}

// TestBrowserWorksByKeyboard walks the page with the tab key: the way to the content comes first, and the search works.
func TestBrowserWorksByKeyboard(t *testing.T) {
	b := open(t, fixture())
	b.do(chromedp.KeyEvent("\t"))
	var first string
	b.eval(&first, `document.activeElement.className`)
	if first != "skip" {
		t.Errorf("the first stop of the tab key is %q, want the link to the content", first)
	}
	b.do(chromedp.KeyEvent("\r"))
	var main string
	b.eval(&main, `document.activeElement.id`)
	if main != "main" {
		t.Errorf("the link to the content leads to %q, want main", main)
	}
	b.do(chromedp.Focus("#find"), chromedp.KeyEvent("replica"))
	b.settle()
	if got := b.shown()["all"]; got != 1 {
		t.Errorf("typing shows %d entries, want 1", got)
	}
}

// TestBrowserIsAccessible checks what machines can check: names, labels, headings in order, one main, contrast of the
// chips in light and dark.
func TestBrowserIsAccessible(t *testing.T) {
	withoutAnnex := fixture()
	withoutAnnex.Annex.File = ""
	for name, r := range map[string]evidence.Report{"annex": fixture(), "catalogue": withoutAnnex, "errors": fixtureWithErrors(), "nothing": fixtureOfNothing()} {
		t.Run(name, func(t *testing.T) {
			b := open(t, r)
			for _, scheme := range []string{"light", "dark"} {
				b.media(t, "", scheme)
				var problems []string
				b.eval(&problems, accessibility)
				for _, p := range problems {
					t.Errorf("%s: %s", scheme, p)
				}
			}
			b.quiet()
		})
	}
}

// TestBrowserOpensBigReports opens the page of 10,000 resources and searches in it.
func TestBrowserOpensBigReports(t *testing.T) {
	b := open(t, estate(10000))
	b.run(`type("bucket_00777")`)
	if got := b.shown()["all"]; got == 0 || got > 20 {
		t.Errorf("a search shows %d entries, want those of one resource", got)
	}
	b.quiet()
}

// accessibility returns what is wrong with the page, as a list of sentences.
const accessibility = `(() => {
	const wrong = [];
	if (document.querySelectorAll("main").length !== 1) wrong.push("not one main landmark");
	if (!document.documentElement.lang) wrong.push("no language");
	for (const e of document.querySelectorAll("input, select"))
		if (!e.labels || e.labels.length === 0) wrong.push("no label: " + e.outerHTML);
	for (const e of document.querySelectorAll("nav, [role=region], section[aria-labelledby], form")) {
		const by = e.getAttribute("aria-labelledby");
		if (!e.getAttribute("aria-label") && !(by && document.getElementById(by))) wrong.push("no name: " + e.outerHTML.slice(0, 80));
	}
	for (const e of document.querySelectorAll("th")) if (!e.scope) wrong.push("th without scope: " + e.textContent);
	const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
	if (new Set(ids).size !== ids.length) wrong.push("an id stands twice");
	for (const e of document.querySelectorAll("a[href^='#']"))
		if (!document.getElementById(e.getAttribute("href").slice(1))) wrong.push("a link to nowhere: " + e.getAttribute("href"));
	let level = 0;
	for (const h of document.querySelectorAll("h1, h2, h3, h4, h5")) {
		const now = Number(h.tagName[1]);
		if (now > level + 1) wrong.push("a heading is left out before " + h.textContent);
		level = now;
	}
	const channel = (c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
	const light = (rgb) => { const [r, g, b] = rgb.match(/[\d.]+/g).map(Number); return 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b); };
	const background = (e) => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (!/, 0\)$|transparent/.test(c)) return c; } return "rgb(255, 255, 255)"; };
	for (const e of document.querySelectorAll(".chip, .at, .level, .sev, .tag, .id, p, a, th, td, dd, dt, code, .sums span")) {
		if (!e.checkVisibility() || !e.textContent.trim()) continue;
		const [a, b] = [light(getComputedStyle(e).color), light(background(e))];
		const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
		if (contrast < 4.5) wrong.push("contrast " + contrast.toFixed(2) + " of " + e.className + " " + e.textContent.slice(0, 40));
	}
	return [...new Set(wrong)];
})()`

// browser is a page in a Chromium of its own, with everything that it complains about.
type browser struct {
	t   *testing.T
	ctx context.Context

	mu         sync.Mutex
	complaints []string
}

func (b *browser) complain(text string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.complaints = append(b.complaints, text)
}

// open writes the report as a file and opens it, offline. A test without Chromium fails: .ci/browser says beforehand
// that there is none.
func open(t *testing.T, r evidence.Report) *browser {
	t.Helper()
	path := os.Getenv("TOMSCAN_BROWSER")
	if path == "" {
		var err error
		if path, err = exec.LookPath("chromium"); err != nil {
			t.Fatal("no Chromium: install one, or run make test-browser, which says what is missing")
		}
	}
	file := filepath.Join(t.TempDir(), "report.html")
	if err := os.WriteFile(file, render(t, HTML, r, Options{}), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	t.Cleanup(cancel)
	ctx, stop := chromedp.NewExecAllocator(ctx, chromedp.ExecPath(path), chromedp.UserDataDir(t.TempDir()), chromedp.Headless, chromedp.NoSandbox,
		chromedp.DisableGPU, chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck, chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true))
	t.Cleanup(stop)
	b := &browser{t: t}
	tab, closeTab := chromedp.NewContext(ctx)
	t.Cleanup(closeTab)
	b.ctx = tab
	b.do(chromedp.Navigate("about:blank"))
	b.listen()
	b.do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, network.Enable, network.EnableParams{})
		return err
	}), chromedp.Navigate((&url.URL{Scheme: "file", Path: file}).String()))
	b.run(steps)
	return b
}

// steps are what the scripts of the tests do, as a reader would with mouse and keyboard.
const steps = `
window.type = (text) => { const f = document.getElementById("find"); f.value = text; f.dispatchEvent(new Event("input", {bubbles: true})); };
window.tick = (verdict, on) => { const c = document.querySelector("[name=v][value=" + verdict + "]"); if (c.checked !== on) c.click(); };
window.choose = (severity) => { const s = document.getElementById("severity"); s.value = severity; s.dispatchEvent(new Event("input", {bubbles: true})); };
`

// listen collects messages of the console, uncaught errors, and every request but that for the page itself.
func (b *browser) listen() {
	console := chromedp.Console(b.ctx)
	go func() {
		for m, err := range console {
			if err != nil {
				return
			}
			b.complain(m.String())
		}
	}()
	requests := chromedp.Events(b.ctx, network.RequestWillBeSent)
	go func() {
		for r, err := range requests {
			if err != nil {
				return
			}
			if !strings.HasPrefix(r.Request.URL, "file://") {
				b.complain("it asked for " + r.Request.URL)
			}
		}
	}()
}

func (b *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

// eval reads the value of an expression.
func (b *browser) eval(into any, expression string) {
	b.t.Helper()
	text, err := chromedp.Run(b.ctx, chromedp.Evaluate[string]("JSON.stringify("+expression+")"))
	if err != nil {
		b.t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(text), into); err != nil {
		b.t.Fatal(err)
	}
}

// run runs statements and waits until the page has answered them.
func (b *browser) run(script string) {
	b.t.Helper()
	if _, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool]("(() => {"+script+"})(), true")); err != nil {
		b.t.Fatal(err)
	}
	b.settle()
}

// settle waits until the page has drawn twice.
func (b *browser) settle() {
	b.t.Helper()
	wait := chromedp.Evaluate[bool]("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))", chromedp.EvalAwaitPromise)
	if _, err := chromedp.Run(b.ctx, wait); err != nil {
		b.t.Fatal(err)
	}
}

// shown counts the entries that are visible, by verdict.
func (b *browser) shown() map[string]int {
	b.t.Helper()
	var verdicts []string
	b.eval(&verdicts, `[...document.querySelectorAll("[data-v] > .rows > li:not(.out)")].map((e) => e.closest("[data-v]").dataset.v)`)
	n := map[string]int{"all": len(verdicts)}
	for _, v := range verdicts {
		n[v]++
	}
	return n
}

func (b *browser) text(selector string) string {
	b.t.Helper()
	var text string
	b.eval(&text, `document.querySelector(`+string(must(json.Marshal(selector)))+`).textContent`)
	return text
}

func (b *browser) status(shown, total int) string {
	return must(WordsIn("en")).Text("html.shown", "shown", string(must(json.Marshal(shown))), "total", string(must(json.Marshal(total))))
}

// media shows the page as on paper or on a screen, light or dark.
func (b *browser) media(t *testing.T, medium, scheme string) {
	t.Helper()
	b.do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: medium,
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
		return err
	}))
	b.settle()
}

// quiet fails if the page has complained about anything.
func (b *browser) quiet() {
	b.t.Helper()
	b.settle()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, c := range b.complaints {
		b.t.Errorf("the page complains: %s", c)
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
