package io.souk.search.index;

import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Turns text of any language into words. The text is brought to NFKC (so that composed and decomposed, full-width and
 * presentation forms are one), cut by the Unicode word rules (UAX 29) and put in lower case; Chinese, Japanese and Korean
 * are cut into overlapping pairs of characters, since their words are not set apart.
 */
final class Words {
    private static final int ALL_CJK =
            CJKBigramFilter.HAN | CJKBigramFilter.HIRAGANA | CJKBigramFilter.KATAKANA | CJKBigramFilter.HANGUL;

    private Words() {}

    /**
     * One word of a text in all forms under which it may be found: as it is written first, then folded.
     *
     * @see Folding
     */
    record Word(List<String> forms) {
        String asWritten() {
            return forms.getFirst();
        }
    }

    /** The words of a text that is to be found; single CJK characters too. At most {@code limit}. */
    static List<Word> indexed(String text, int limit) {
        return cut(text, true, limit);
    }

    /** The words that are looked for. At most {@code limit}. */
    static List<Word> wanted(String text, int limit) {
        return cut(text, false, limit);
    }

    private static List<Word> cut(String text, boolean singles, int limit) {
        var tokenizer = new StandardTokenizer();
        tokenizer.setReader(new StringReader(Normalizer.normalize(text, Normalizer.Form.NFKC)));
        var words = new ArrayList<Word>();
        try (TokenStream tokens = new CJKBigramFilter(new LowerCaseFilter(tokenizer), ALL_CJK, singles)) {
            var term = tokens.addAttribute(CharTermAttribute.class);
            var step = tokens.addAttribute(PositionIncrementAttribute.class);
            Set<String> forms = new LinkedHashSet<>();
            tokens.reset();
            while (words.size() < limit && tokens.incrementToken()) {
                if (step.getPositionIncrement() > 0 && !forms.isEmpty()) {
                    words.add(new Word(List.copyOf(forms)));
                    forms = new LinkedHashSet<>();
                }
                forms.addAll(Folding.forms(term.toString()));
            }
            if (words.size() < limit && !forms.isEmpty()) {
                words.add(new Word(List.copyOf(forms)));
            }
            return words;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // the text is in memory
        }
    }
}
