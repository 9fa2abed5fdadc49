package io.souk.orders.payment;

import io.smallrye.mutiny.Uni;
import io.souk.orders.payment.MeasureUnanswered.Question;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What a provider was asked six times or more and has not answered: for some minutes, or if it is about what it holds, an hour. */
@ApplicationScoped
class UnansweredRepository {
    /** Across tenants, each part by the index of what is open. */
    private static final String COUNT = """
            select case status when 'AUTHORISING' then 'AUTHORISE' else 'VOID' end as question, count(*) as questions
              from payment
             where status in ('AUTHORISING', 'VOIDING')
               and attempts >= 6
             group by status
             union all
            select kind, count(*)
              from payment_movement
             where status = 'PENDING'
               and attempts >= 6
             group by kind
             union all
            select 'HOLDING', count(*)
              from payment
             where check_attempts >= 6
            """;

    Uni<Map<Question, Long>> count(SqlConnection worker) {
        return worker.query(COUNT)
                .execute()
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .collect(Collectors.toMap(
                                row -> Question.valueOf(row.getString("question")), row -> row.getLong("questions"))));
    }
}
