package io.souk.search.index;

import io.souk.kit.event.Order;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Finds the orders of documents by key, for as long as its reader is open; made for many look-ups by one thread. */
final class OrderLookup {
    private record Segment(LeafReader reader, TermsEnum keys) {}

    private final List<Segment> newestFirst = new ArrayList<>();

    OrderLookup(IndexReader reader) throws IOException {
        for (var leaf : reader.leaves().reversed()) {
            var terms = leaf.reader().terms(Fields.KEY);
            if (terms != null) {
                newestFirst.add(new Segment(leaf.reader(), terms.iterator()));
            }
        }
    }

    /** The order of the document with that key, deleted products included; null when there is none. */
    @Nullable
    Order find(String key) throws IOException {
        var term = new BytesRef(key);
        for (var segment : newestFirst) {
            int document = document(segment, term);
            if (document != DocIdSetIterator.NO_MORE_DOCS) {
                return order(segment.reader(), document);
            }
        }
        return null;
    }

    private static int document(Segment segment, BytesRef key) throws IOException {
        if (!segment.keys().seekExact(key)) {
            return DocIdSetIterator.NO_MORE_DOCS;
        }
        var live = segment.reader().getLiveDocs();
        var documents = segment.keys().postings(null, PostingsEnum.NONE);
        int document = documents.nextDoc();
        while (document != DocIdSetIterator.NO_MORE_DOCS && live != null && !live.get(document)) {
            document = documents.nextDoc();
        }
        return document;
    }

    private static Order order(LeafReader segment, int document) throws IOException {
        return new Order((int) number(segment, Fields.EPOCH, document), number(segment, Fields.VERSION, document));
    }

    private static long number(LeafReader segment, String field, int document) throws IOException {
        var values = DocValues.getNumeric(segment, field);
        if (!values.advanceExact(document)) {
            throw new IOException("a document without " + field);
        }
        return values.longValue();
    }
}
