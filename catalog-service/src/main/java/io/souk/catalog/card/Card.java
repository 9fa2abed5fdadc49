package io.souk.catalog.card;

import io.souk.kit.event.Order;
import io.souk.kit.view.AnswerAge;
import io.souk.kit.view.View;
import io.vertx.core.buffer.Buffer;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A card, ready to be served.
 *
 * @param etag strong: it holds the order of each part, so equal tags mean equal bytes
 * @param product the product's part alone
 * @param age of all its parts
 */
record Card(String etag, Buffer json, Buffer product, AnswerAge age) {
    private static final byte[] PRODUCT = "{\"product\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PRICES = ",\"prices\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] AVAILABILITY = ",\"availability\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final int FRAME = PRODUCT.length + PRICES.length + AVAILABILITY.length + 1;

    /** Puts the views of product, prices and availability, in this order, beside each other. */
    static Card of(View.Live product, List<View> views) {
        var prices = views.get(1);
        var availability = views.get(2);
        var json = Buffer.buffer(FRAME + product.json().length() + size(prices) + size(availability))
                .appendBytes(PRODUCT)
                .appendBuffer(product.json())
                .appendBytes(PRICES);
        append(json, prices);
        append(json.appendBytes(AVAILABILITY), availability);
        json.appendByte((byte) '}');
        var etag = new StringBuilder(40).append('"');
        tag(etag, product.order());
        tag(etag.append('-'), prices);
        tag(etag.append('-'), availability);
        var age = new AnswerAge().add("product", product).add("prices", prices).add("availability", availability);
        return new Card(etag.append('"').toString(), json, product.json(), age);
    }

    private static int size(View view) {
        return view instanceof View.Live live ? live.json().length() : NULL.length;
    }

    private static void append(Buffer json, View view) {
        if (view instanceof View.Live live) {
            json.appendBuffer(live.json());
        } else {
            json.appendBytes(NULL);
        }
    }

    private static void tag(StringBuilder etag, View view) {
        if (view instanceof View.Live live) {
            tag(etag, live.order());
        } else {
            etag.append('0');
        }
    }

    private static void tag(StringBuilder etag, Order order) {
        etag.append(order.epoch()).append('.').append(order.version());
    }
}
