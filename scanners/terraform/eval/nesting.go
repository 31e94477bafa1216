package eval

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// tooNested says whether parsing or evaluating text could need more stack than there is: brackets within brackets, or
// thousands of operators in one expression. Few files need more than the quick look.
func tooNested(text []byte) bool {
	if !suspicious(text) {
		return false
	}
	if len(text) > maxSuspicious {
		return true
	}
	tokens, _ := hclsyntax.LexConfig(text, "", hcl.InitialPos)
	if !bracketsFit(tokens) {
		return true
	}
	templates, _ := hclsyntax.LexTemplate(text, "", hcl.InitialPos)
	return !bracketsFit(templates)
}

// suspicious looks for deep brackets or many operators without understanding the text.
func suspicious(text []byte) bool {
	depth, parens, operators := 0, 0, 0
	for _, c := range text {
		switch c {
		case '(', '[', '{':
			if depth++; depth > maxNesting/4 {
				return true
			}
			if c != '{' {
				parens++
			}
		case ')', ']', '}':
			depth = max(0, depth-1)
			if c != '}' {
				parens = max(0, parens-1)
			}
		case '!', '-', '+', '*', '/', '%', '&', '|', '?', '<', '>', '.':
			operators++
		case '\n':
			if parens == 0 {
				operators = 0
			}
		case ',':
			operators = 0
		}
		if operators > maxNesting {
			return true
		}
	}
	return false
}

// bracket is an open bracket: how many operators came since, and whether a line's end ends an expression in it.
type bracket struct {
	operators int
	lines     bool
}

// bracketsFit says whether brackets and operators stay within the bounds.
func bracketsFit(tokens hclsyntax.Tokens) bool {
	stack := []bracket{{lines: true}}
	total := 0
	for i, t := range tokens {
		top := &stack[len(stack)-1]
		switch {
		case opens(t.Type):
			isFor := i+1 < len(tokens) && string(tokens[i+1].Bytes) == "for"
			stack = append(stack, bracket{lines: t.Type == hclsyntax.TokenOBrace && !isFor})
			total++
		case closes(t.Type) && len(stack) > 1:
			total -= top.operators + 1
			stack = stack[:len(stack)-1]
		case t.Type == hclsyntax.TokenComma || t.Type == hclsyntax.TokenNewline && top.lines:
			total -= top.operators
			top.operators = 0
		case operates(t.Type):
			top.operators++
			total++
		}
		if len(stack) > maxNesting || total > 8*maxNesting {
			return false
		}
	}
	return true
}

func opens(t hclsyntax.TokenType) bool {
	switch t {
	case hclsyntax.TokenOBrace, hclsyntax.TokenOBrack, hclsyntax.TokenOParen, hclsyntax.TokenTemplateInterp,
		hclsyntax.TokenTemplateControl, hclsyntax.TokenOQuote:
		return true
	}
	return false
}

func closes(t hclsyntax.TokenType) bool {
	switch t {
	case hclsyntax.TokenCBrace, hclsyntax.TokenCBrack, hclsyntax.TokenCParen, hclsyntax.TokenTemplateSeqEnd,
		hclsyntax.TokenCQuote:
		return true
	}
	return false
}

func operates(t hclsyntax.TokenType) bool {
	switch t {
	case hclsyntax.TokenBang, hclsyntax.TokenMinus, hclsyntax.TokenPlus, hclsyntax.TokenStar, hclsyntax.TokenSlash,
		hclsyntax.TokenPercent, hclsyntax.TokenAnd, hclsyntax.TokenOr, hclsyntax.TokenQuestion, hclsyntax.TokenLessThan,
		hclsyntax.TokenGreaterThan, hclsyntax.TokenLessThanEq, hclsyntax.TokenGreaterThanEq, hclsyntax.TokenEqualOp,
		hclsyntax.TokenNotEqual, hclsyntax.TokenDot:
		return true
	}
	return false
}
