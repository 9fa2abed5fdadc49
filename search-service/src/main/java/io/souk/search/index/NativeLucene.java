package io.souk.search.index;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.apache.lucene.analysis.tokenattributes.BytesTermAttribute;
import org.apache.lucene.analysis.tokenattributes.BytesTermAttributeImpl;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.CharTermAttributeImpl;
import org.apache.lucene.analysis.tokenattributes.FlagsAttribute;
import org.apache.lucene.analysis.tokenattributes.FlagsAttributeImpl;
import org.apache.lucene.analysis.tokenattributes.KeywordAttribute;
import org.apache.lucene.analysis.tokenattributes.KeywordAttributeImpl;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttributeImpl;
import org.apache.lucene.analysis.tokenattributes.PackedTokenAttributeImpl;
import org.apache.lucene.analysis.tokenattributes.PayloadAttribute;
import org.apache.lucene.analysis.tokenattributes.PayloadAttributeImpl;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttributeImpl;
import org.apache.lucene.analysis.tokenattributes.PositionLengthAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionLengthAttributeImpl;
import org.apache.lucene.analysis.tokenattributes.SentenceAttribute;
import org.apache.lucene.analysis.tokenattributes.SentenceAttributeImpl;
import org.apache.lucene.analysis.tokenattributes.TermFrequencyAttribute;
import org.apache.lucene.analysis.tokenattributes.TermFrequencyAttributeImpl;
import org.apache.lucene.analysis.tokenattributes.TermToBytesRefAttribute;
import org.apache.lucene.analysis.tokenattributes.TypeAttribute;
import org.apache.lucene.analysis.tokenattributes.TypeAttributeImpl;
import org.apache.lucene.search.BoostAttribute;
import org.apache.lucene.search.BoostAttributeImpl;
import org.apache.lucene.search.MaxNonCompetitiveBoostAttribute;
import org.apache.lucene.search.MaxNonCompetitiveBoostAttributeImpl;

/** Lucene makes its token attributes by reflection, from the name of the interface. */
@RegisterForReflection(
        targets = {
            BytesTermAttribute.class,
            BytesTermAttributeImpl.class,
            CharTermAttribute.class,
            CharTermAttributeImpl.class,
            FlagsAttribute.class,
            FlagsAttributeImpl.class,
            KeywordAttribute.class,
            KeywordAttributeImpl.class,
            OffsetAttribute.class,
            OffsetAttributeImpl.class,
            PackedTokenAttributeImpl.class,
            PayloadAttribute.class,
            PayloadAttributeImpl.class,
            PositionIncrementAttribute.class,
            PositionIncrementAttributeImpl.class,
            PositionLengthAttribute.class,
            PositionLengthAttributeImpl.class,
            SentenceAttribute.class,
            SentenceAttributeImpl.class,
            TermFrequencyAttribute.class,
            TermFrequencyAttributeImpl.class,
            TermToBytesRefAttribute.class,
            TypeAttribute.class,
            TypeAttributeImpl.class,
            BoostAttribute.class,
            BoostAttributeImpl.class,
            MaxNonCompetitiveBoostAttribute.class,
            MaxNonCompetitiveBoostAttributeImpl.class
        },
        classNames = {
            "org.apache.lucene.search.FuzzyTermsEnum$AutomatonAttribute",
            "org.apache.lucene.search.FuzzyTermsEnum$AutomatonAttributeImpl"
        })
final class NativeLucene {
    private NativeLucene() {}
}
