package io.souk.search.index;

import io.souk.kit.tenant.TenantId;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/** The one place where a query becomes one tenant's query. What may be found at all (published, not deleted) stands here too. */
final class TenantFence {
    private TenantFence() {}

    /** Of what the query finds, only the tenant's live products; scores stay as they are. */
    static Query within(TenantId tenant, Query query) {
        return new BooleanQuery.Builder()
                .add(query, Occur.MUST)
                .add(new TermQuery(new Term(Fields.LIVE, tenant.value())), Occur.FILTER)
                .build();
    }
}
