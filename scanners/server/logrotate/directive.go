package logrotate

import (
	"slices"
	"strconv"
	"strings"
)

// directive reads a word and what belongs to it.
func (p *parser) directive() outcome {
	line := p.line
	key := p.word()
	if p.at < len(p.text) && !strings.ContainsRune(" \t\r\n\v\f=", rune(p.text[p.at])) {
		p.problem(line, "keyword "+quoted(key)+" is not properly separated", nil)
		p.eat()
		return skip
	}
	if slices.Contains(scripts(), key) {
		if !p.script() {
			p.problem(line, "a script has no endscript", nil)
			return abort
		}
		return next
	}
	if p.flag(key) {
		p.past()
		return next
	}
	switch key {
	case "daily", "hourly", "yearly":
		p.period(Period(key), line)
		p.past()
		return next
	case "weekly":
		return p.onDay(Weekly, 7, line)
	case "monthly":
		return p.onDay(Monthly, 31, line)
	case "create", "createolddir", "su", "compressoptions":
		p.options.Create = p.options.Create || key == "create"
		p.rest()
		return next
	case "noolddir", "nomail", "errors":
		p.past()
		return next
	}
	return p.valued(key, line)
}

// quoted shows a word of a file, and not more of it than a word has.
func quoted(word string) string { return strconv.Quote(word[:min(len(word), 30)]) }

// past goes on after the character that ended a word, unless it ends the line.
func (p *parser) past() {
	if p.at < len(p.text) && p.text[p.at] != '\n' {
		p.at++
	}
}

func (p *parser) period(period Period, line int) {
	p.options.Period, p.options.PeriodAt = period, Place{p.file, line}
}

// flag sets what is on or off, and says whether the word is such.
func (p *parser) flag(key string) bool {
	o := p.options
	switch key {
	case "ifempty", "notifempty":
		o.IfEmpty = key == "ifempty"
	case "nocreate":
		o.Create = false
	case "copytruncate", "nocopytruncate", "renamecopy": // the last of them takes it back
		o.CopyTruncate = key == "copytruncate"
	case "copy", "nocopy":
		o.Copy = key == "copy"
	case "dateext", "nodateext":
		o.DateExt = key == "dateext"
	case "missingok", "nomissingok":
		o.MissingOK = key == "missingok"
	case "ignoreduplicates":
		o.IgnoreDups = true
	default:
		return slices.Contains(flags(), key)
	}
	return true
}

// flags are the words that change nothing of how long records are kept.
func flags() []string {
	return []string{
		"allowhardlink", "compress", "datehourago", "dateyesterday", "delaycompress", "mailfirst", "maillast",
		"noallowhardlink", "nocompress", "nocreateolddir", "nodatehourago", "nodateyesterday", "nodelaycompress",
		"norenamecopy", "nosharedscripts", "noshred", "sharedscripts", "shred",
	}
}

// onDay reads a period with an optional day. A wrong one ends the reading of the file.
func (p *parser) onDay(period Period, most, line int) outcome {
	p.period(period, line)
	after := p.at
	text := strings.TrimLeft(p.rest(), " \t")
	p.options.Day = 0
	if text == "" {
		return next
	}
	if period == Monthly && p.version.Older {
		p.at = after
		p.past()
		return next
	}
	n, err := strconv.Atoi(strings.TrimPrefix(text, "+"))
	if err != nil || n < 0 || n > most {
		p.problem(line, "bad day of "+string(period), nil)
		return abort
	}
	p.options.Day = n
	p.options.Doubtful = p.options.Doubtful || period == Monthly && !p.version.Newer
	return next
}

// valued reads a word that must have a value.
func (p *parser) valued(key string, line int) outcome {
	o := p.options
	at := Place{p.file, line}
	switch key {
	case "rotate":
		o.CountAt = at
		return p.number(key, &o.Count, -1, line)
	case "maxage":
		o.MaxAgeAt = at
		return p.number(key, &o.MaxAge, 0, line)
	case "minage":
		return p.number(key, &o.MinAge, 0, line)
	case "minutes":
		return p.minutes(line)
	case "start", "shredcycles":
		ignored := 0
		return p.number(key, &ignored, 0, line)
	case "size", "maxsize", "minsize":
		return p.size(key, line)
	case "tabooext", "taboopat":
		return p.taboos(key, line)
	case "include":
		return p.include(line)
	case "dateformat":
		o.DateFormat, _ = p.value()
		return next
	case "olddir", "extension", "addextension", "mail", "compresscmd", "uncompresscmd", "compressext":
		if _, ok := p.value(); !ok {
			return p.missing(key, line)
		}
		return next
	}
	p.skipLine() // an unknown word: logrotate warns of it and goes on
	return next
}

// number reads a whole number as strtol does: 0x is hexadecimal, 0 octal.
func (p *parser) number(key string, into *int, least, line int) outcome {
	text, ok := p.value()
	if !ok {
		return p.missing(key, line)
	}
	n, good := whole(text)
	if !good || n < int64(least) || n > 1<<31-1 {
		*into = beginning(text) // which counts where the stanza does not end
		p.problem(line, "bad value of "+key, nil)
		return skip
	}
	*into = int(n)
	return next
}

// whole reads a whole number of C.
func whole(text string) (int64, bool) {
	text = strings.TrimLeft(text, " \t\v\f\r")
	if strings.ContainsAny(text, "_oObB") && !strings.ContainsAny(text, "xX") {
		return 0, false
	}
	n, err := strconv.ParseInt(text, 0, 64)
	return n, err == nil && !strings.Contains(text, "_")
}

// beginning is the number that a wrong text begins with.
func beginning(text string) int {
	for end := min(len(text), 12); end > 0; end-- {
		if n, ok := whole(text[:end]); ok && n < 1<<31 && n > -1<<31 {
			return int(n)
		}
	}
	return 0
}

// minutes reads a period that logrotate knows since 3.22; older ones pass the line over.
func (p *parser) minutes(line int) outcome {
	text, ok := p.value()
	if n, good := whole(text); ok && good && n > 0 && !p.version.Older {
		p.period(Minutes, line)
		p.options.Doubtful = p.options.Doubtful || !p.version.Newer
	}
	return next
}

// size reads a size; a missing one is passed over with a message.
func (p *parser) size(key string, line int) outcome {
	text, ok := p.value()
	if !ok {
		return next
	}
	unit := int64(1)
	switch text[len(text)-1] {
	case 'k', 'K':
		unit = 1 << 10
	case 'M':
		unit = 1 << 20
	case 'G':
		unit = 1 << 30
	}
	if unit > 1 {
		text = text[:len(text)-1]
	}
	n, good := whole(text)
	if text == "" {
		n, good = 0, unit > 1
	}
	if !good || n < 0 || n > (1<<62)/unit {
		p.problem(line, "bad value of "+key, nil)
		return skip
	}
	switch key {
	case "size":
		p.period(BySize, line)
		p.options.Size = n * unit
	case "maxsize":
		p.options.MaxSize = n * unit
	default:
		p.options.MinSize = n * unit
	}
	return next
}

// taboos reads names that are left out of directories from here on; + adds to those there are.
func (p *parser) taboos(key string, line int) outcome {
	if p.stanza != nil {
		p.problem(line, key+" may not stand in a stanza", nil)
		p.eat()
		return skip
	}
	text, ok := p.value()
	if !ok {
		return next
	}
	after, more := strings.CutPrefix(text, "+")
	if !more {
		p.taboo = nil
	}
	for _, word := range strings.FieldsFunc(after, func(c rune) bool { return c == ',' || c == ' ' || c == '\t' }) {
		if key == "tabooext" {
			word = "*" + word
		}
		p.taboo = append(p.taboo, word)
	}
	return next
}

// include reads a file or directory in this place.
func (p *parser) include(line int) outcome {
	name, ok := p.value()
	if !ok {
		return p.missing("include", line)
	}
	if p.nesting >= nestingLimit || !strings.HasPrefix(name, "/") {
		p.problem(line, "cannot include this", nil)
		p.failed = true
		return next
	}
	p.nesting++
	defer func() { p.nesting-- }()
	if !p.path(name, p.options) {
		p.failed = true
	}
	return next
}
