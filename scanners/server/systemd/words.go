package systemd

import "strings"

// Words are the words of a value: parted by spaces, with quotes taken off. A backslash stands for the character behind it.
// https://www.freedesktop.org/software/systemd/man/latest/systemd.syntax.html#Quoting
func Words(text string) []string {
	var all []string
	var word strings.Builder
	open, quote := false, byte(0)
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == '\\' && i+1 < len(text):
			i++
			word.WriteByte(text[i])
			open = true
		case quote != 0 && c == quote:
			quote = 0
		case quote == 0 && (c == '"' || c == '\''):
			quote, open = c, true
		case quote == 0 && strings.IndexByte(" \t\n\r", c) >= 0:
			if open {
				all = append(all, word.String())
			}
			word.Reset()
			open = false
		default:
			word.WriteByte(c)
			open = true
		}
	}
	if open {
		all = append(all, word.String())
	}
	return all
}
