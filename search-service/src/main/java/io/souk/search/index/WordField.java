package io.souk.search.index;

import io.souk.kit.tenant.TenantId;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.index.IndexOptions;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;

/** Words that were cut before, as fields of a document. */
final class WordField {
    private static final FieldType SCORED = type(IndexOptions.DOCS_AND_FREQS, true);
    private static final FieldType LISTED = type(IndexOptions.DOCS, false);

    private WordField() {}

    /** Words that are scored; a word's other forms do not make the text longer. */
    static Field scored(String name, TenantId tenant, List<Words.Word> words) {
        return new Field(name, new Forms(tenant, words.iterator()), SCORED);
    }

    /** Words that are only known to be there. */
    static Field listed(String name, TenantId tenant, Collection<String> forms) {
        var words = forms.stream().map(form -> new Words.Word(List.of(form))).iterator();
        return new Field(name, new Forms(tenant, words), LISTED);
    }

    private static FieldType type(IndexOptions options, boolean norms) {
        var type = new FieldType();
        type.setTokenized(true);
        type.setIndexOptions(options);
        type.setOmitNorms(!norms);
        type.freeze();
        return type;
    }

    /** Each form as one token, all of one word at one position. */
    private static final class Forms extends TokenStream {
        private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
        private final PositionIncrementAttribute step = addAttribute(PositionIncrementAttribute.class);
        private final String prefix;
        private final Iterator<Words.Word> words;
        private Iterator<String> forms = List.<String>of().iterator();

        Forms(TenantId tenant, Iterator<Words.Word> words) {
            this.prefix = Fields.term(tenant, "");
            this.words = words;
        }

        @Override
        public boolean incrementToken() {
            boolean nextWord = !forms.hasNext();
            if (nextWord) {
                if (!words.hasNext()) {
                    return false;
                }
                forms = words.next().forms().iterator();
            }
            clearAttributes();
            term.append(prefix).append(forms.next());
            step.setPositionIncrement(nextWord ? 1 : 0);
            return true;
        }
    }
}
