package probe

import (
	"io"
	"strconv"
	"strings"
)

// The bounds of a dialog in clear text.
const (
	lineLimit  = 2048
	linesLimit = 128
)

// readLine reads one line and not a byte more: what follows may be TLS. Its end is cut off.
func readLine(r io.Reader) (string, error) {
	line := make([]byte, 0, 80)
	for one := make([]byte, 1); ; {
		if _, err := io.ReadFull(r, one); err != nil {
			return "", err
		}
		if one[0] == '\n' {
			return strings.TrimSuffix(string(line), "\r"), nil
		}
		if len(line) == lineLimit || one[0] == 0 {
			return "", errDialog
		}
		line = append(line, one[0])
	}
}

// readSMTP reads a reply, with the texts of its lines: https://datatracker.ietf.org/doc/html/rfc5321#section-4.2.1
func readSMTP(r io.Reader) (code int, lines []string, err error) {
	for len(lines) < linesLimit {
		line, err := readLine(r)
		if err != nil {
			return 0, nil, err
		}
		if len(line) < 3 || len(line) > 3 && line[3] != ' ' && line[3] != '-' {
			return 0, nil, errDialog
		}
		n, err := strconv.ParseUint(line[:3], 10, 16)
		if err != nil || n < 200 || n > 599 || len(lines) > 0 && int(n) != code {
			return 0, nil, errDialog
		}
		code = int(n)
		if len(line) == 3 || line[3] == ' ' {
			return code, append(lines, strings.TrimPrefix(line[3:], " ")), nil
		}
		lines = append(lines, line[4:])
	}
	return 0, nil, errDialog
}

// readIMAP reads the answer to the command of the tag, with the untagged lines before it:
// https://datatracker.ietf.org/doc/html/rfc9051#section-7
func readIMAP(r io.Reader, tag string) (ok bool, lines []string, err error) {
	for len(lines) < linesLimit {
		line, err := readLine(r)
		if err != nil {
			return false, nil, err
		}
		if rest, tagged := strings.CutPrefix(line, tag+" "); tagged {
			word, _, _ := strings.Cut(rest, " ")
			return strings.EqualFold(word, "OK"), lines, nil
		}
		if !strings.HasPrefix(line, "* ") {
			return false, nil, errDialog
		}
		lines = append(lines, line)
	}
	return false, nil, errDialog
}
