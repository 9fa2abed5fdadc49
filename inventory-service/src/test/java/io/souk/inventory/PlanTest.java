package io.souk.inventory;

import io.souk.testing.Database;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Row-level security keeps conditions that are not leakproof out of indexes: no hot path has one. */
@InventoryTest
class PlanTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            inventory.stock.StockRepository             | OPEN            | location         | id
            inventory.stock.StockRepository             | LOCK_BY_KEY     | stock_level      | variant_id location_id lot
            inventory.stock.StockRepository             | FIND_LOTS       | stock_level      | variant_id location_id lot
            inventory.stock.StockRepository             | FIND            | stock_level      | id
            inventory.stock.StockRepository             | CORRECT_DAY     | stock_level      | id
            inventory.stock.StockRepository             | TELL_EXPIRED    | stock_level      | id
            inventory.stock.StockRepository             | LOCK_FOR_LINES  | stock_level      | variant_id
            inventory.stock.StockRepository             | LOCK_FOR_LINES  | location         | id
            inventory.stock.StockRepository             | LOCK_BY_ID      | stock_level      | id
            inventory.stock.StockRepository             | MOVE            | stock_level      | id
            inventory.stock.StockRepository             | LIST_BY_VARIANT | stock_level      | variant_id
            inventory.stock.MovementRepository          | LIST            | stock_movement   | id
            inventory.stock.MovementRepository          | LIST            | stock_level      | id
            inventory.stock.MovementRepository          | LIST_OF_LEVELS  | stock_movement   | level_id id
            inventory.stock.MovementRepository          | LIST_OF_VENDOR  | stock_movement   | vendor id
            inventory.stock.MovementRepository          | LIST_OF_VENDOR  | stock_level      | id
            inventory.stock.MovementRepository          | BOOK            | stock_level      | id
            inventory.stock.StockRepository             | LIST_BY_VARIANT_OF_VENDOR | stock_level | vendor variant_id
            inventory.stock.ShownStockRepository        | LIST_FIRST      | stock_level      | variant_id
            inventory.stock.ShownStockRepository        | LIST_FIRST_OF_VENDOR | stock_level | vendor variant_id
            inventory.stock.ShownStockRepository        | LIST_AFTER      | stock_level      | variant_id location_id lot
            inventory.stock.ShownStockRepository        | LIST_AFTER_OF_VENDOR | stock_level | variant_id
            inventory.stock.ShownStockRepository        | FIND_WITH_LEVEL | stock_level      | variant_id
            inventory.stock.ShownStockRepository        | FIND_WITH_LEVEL_OF_VENDOR | stock_level | variant_id
            inventory.stock.ShownStockRepository        | LIST_VARIANTS_OF_VENDOR | stock_level | vendor variant_id
            inventory.stock.ShownStockRepository        | LIST_VARIANTS_OF_VENDOR | variant | id
            inventory.variant.VariantRepository         | FIND_BY_SKU_KEY | variant          | sku_key
            inventory.variant.VariantRepository         | FIND_BY_ID      | variant          | id
            inventory.variant.VariantRepository         | RETIRE_OTHERS   | variant          | product_id
            inventory.location.LocationRepository       | FIND_BY_CODE    | location         | code
            inventory.location.LocationRepository       | LIST_OF_VENDOR  | location         | vendor position
            inventory.location.LocationRepository       | FIND_BY_ID      | location         | id
            inventory.location.LocationRepository       | HOLD_BY_CODE    | location         | code
            inventory.location.LocationRepository       | LOCK            | location         | id
            inventory.location.LocationRepository       | UPDATE          | location         | id
            inventory.stock.StockRepository             | LIST_LYING_AT   | stock_level      | location_id
            inventory.pack.PackRepository               | FIND            | pack             | gtin
            inventory.pack.PackRepository               | HOLD            | pack             | gtin
            inventory.pack.PackRepository               | LOCK            | pack             | gtin
            inventory.pack.PackRepository               | LOCK_BY_ID      | pack             | id
            inventory.pack.PackRepository               | LIST_AFTER      | pack             | gtin
            inventory.pack.PackRepository               | LIST_OF_VARIANT | pack             | variant_id gtin
            inventory.pack.PackRepository               | UPDATE          | pack             | id
            inventory.stock.MovementRepository          | IS_BOOKED       | stock_movement   | gtin
            inventory.stock.StockRepository             | OPEN            | variant_setting  | variant_id
            inventory.variant.VariantRepository         | FIND_TRACKING   | variant          | id
            inventory.variant.VariantRepository         | FIND_TRACKING   | variant_setting  | variant_id
            inventory.variant.VariantRepository         | TRACK           | variant_setting  | variant_id
            inventory.variant.VariantRepository         | LIST_TRACKED    | variant_setting  | variant_id
            inventory.variant.VariantRepository         | LIST_TRACKED    | variant          | id
            inventory.unit.UnitRepository               | FIND            | unit             | id
            inventory.unit.UnitRepository               | LOCK_BY_ID      | unit             | id
            inventory.unit.UnitRepository               | FIND_BY_SERIAL  | unit             | serial_key
            inventory.unit.UnitRepository               | LIST_BY_SERIAL  | unit             | serial_key
            inventory.unit.UnitRepository               | LIST_PRESENT    | unit             | level_id
            inventory.unit.UnitRepository               | LIST            | unit             | id
            inventory.unit.UnitRepository               | LIST_BY_STATUS  | unit             | status id
            inventory.unit.UnitRepository               | LIST_OF_VARIANT | unit             | variant_id id
            inventory.unit.UnitRepository               | LIST_OF_RESERVATION | unit         | reservation_id
            inventory.unit.UnitRepository               | LIST_OF_VENDOR  | stock_level      | vendor
            inventory.unit.UnitRepository               | LIST_OF_VENDOR  | unit             | level_id id
            inventory.unit.UnitRepository               | HAS_AWAITED     | unit             | variant_id
            inventory.unit.UnitRepository               | LIST_INCOMING   | unit             | level_id
            inventory.unit.UnitRepository               | LIST_INCOMING   | stock_level      | location_id
            inventory.unit.UnitRepository               | SETTLE          | unit             | id
            inventory.unit.UnitRepository               | UPDATE          | unit             | id
            inventory.unit.UnitRepository               | MOVE            | unit             | id
            inventory.unit.UnitRepository               | CANCEL          | unit             | id
            inventory.unit.UnitRepository               | LIST_ASSIGNED   | unit             | reservation_id
            inventory.unit.UnitRepository               | FREE            | unit             | id
            inventory.supplier.SupplierRepository       | FIND            | supplier         | id
            inventory.supplier.SupplierRepository       | HOLD            | supplier         | id
            inventory.supplier.SupplierRepository       | LOCK            | supplier         | id
            inventory.supplier.SupplierRepository       | LIST_AFTER      | supplier         | code
            inventory.supplier.SupplierRepository       | UPDATE          | supplier         | id
            inventory.purchase.PurchaseOrderRepository  | FIND            | purchase_order   | id
            inventory.purchase.PurchaseOrderRepository  | LOCK            | purchase_order   | id
            inventory.purchase.PurchaseOrderRepository  | LIST            | purchase_order   | id
            inventory.purchase.PurchaseOrderRepository  | LIST_OF_SUPPLIER | purchase_order  | supplier_id id
            inventory.purchase.PurchaseOrderRepository  | LINES           | purchase_order_line | order_id
            inventory.purchase.PurchaseOrderRepository  | LINES           | purchase         | order_id variant_id
            inventory.purchase.PurchaseOrderRepository  | ADVANCE         | purchase_order   | id
            inventory.purchase.PurchaseRepository       | LIST            | purchase         | supplier_id id
            inventory.purchase.PurchaseRepository       | IS_BOOKED       | purchase         | supplier_id id
            inventory.reservation.ReservationRepository | LOCK_BY_ORDER   | reservation      | order_id
            inventory.reservation.ReservationRepository | FIND            | reservation      | id
            inventory.reservation.ReservationRepository | CHANGE_STATUS   | reservation      | id
            inventory.reservation.ReservationRepository | LOCK            | reservation      | id
            inventory.reservation.ReservationRepository | RENEW           | reservation      | id
            inventory.reservation.ReservationRepository | REFUSE_NEW      | reservation      | id
            inventory.reservation.ReservationRepository | LIST            | reservation      | id
            inventory.reservation.ReservationRepository | LIST_BY_STATUS  | reservation      | status id
            inventory.reservation.ReservationRepository | LIST_BY_OWNER   | reservation      | owner id
            inventory.reservation.CustomerRepository    | COUNT_OPEN      | reservation      | owner
            inventory.reservation.HoldRepository        | LIST            | reservation_hold | reservation_id
            inventory.reservation.HoldRepository        | REMOVE          | reservation_hold | reservation_id
            inventory.verify.VerifyRepository           | PROVE_NEXT      | stock_level      | id
            inventory.verify.VerifyRepository           | PROVE_NEXT      | stock_movement   | level_id
            inventory.verify.VerifyRepository           | PROVE_NEXT      | reservation_hold | level_id
            inventory.verify.VerifyRepository           | NEXT_RESERVATIONS | reservation    | id
            inventory.verify.VerifyRepository           | NEXT_RESERVATIONS | reservation_hold | reservation_id
            inventory.verify.VerifyRepository           | NEXT_RESERVATIONS | stock_movement | cause_id
            inventory.verify.OrderRepository            | NEXT_HELD       | reservation      | id
            inventory.verify.OrderRepository            | SERVED          | reservation      | order_id
            inventory.verify.ReferenceRepository        | NEXT_LEVELS     | stock_level      | id
            inventory.verify.ReferenceRepository        | NEXT_LEVELS     | variant          | id
            inventory.verify.ReferenceRepository        | NEXT_LEVELS     | location         | id
            inventory.verify.ReferenceRepository        | NEXT_AWAITED    | unit             | status id
            inventory.verify.ReferenceRepository        | NEXT_AWAITED    | variant          | id
            inventory.verify.ReferenceRepository        | NEXT_TRACKED    | variant_setting  | variant_id
            inventory.verify.ReferenceRepository        | NEXT_TRACKED    | variant          | id
            inventory.verify.ReferenceRepository        | NEXT_ORDERED    | purchase_order   | id
            inventory.verify.ReferenceRepository        | NEXT_ORDERED    | purchase_order_line | order_id
            inventory.verify.ReferenceRepository        | NEXT_ORDERED    | purchase         | order_id variant_id
            inventory.verify.ReferenceRepository        | NEXT_ORDERED    | variant          | id
            inventory.verify.ReferenceRepository        | NEXT_PACKS      | pack             | id
            inventory.verify.ReferenceRepository        | NEXT_PACKS      | variant          | id
            inventory.verify.VerifyRepository           | PROVE           | stock_level      | id
            inventory.verify.VerifyRepository           | PROVE           | unit             | level_id
            inventory.verify.VerifyRepository           | NEXT_RESERVATIONS | unit           | reservation_id line
            inventory.verify.VerifyRepository           | NEXT_PURCHASES  | purchase         | id
            inventory.verify.VerifyRepository           | NEXT_PURCHASES  | stock_movement   | cause_id line
            inventory.verify.VerifyRepository           | NEXT_PURCHASES  | stock_level      | id
            """)
    void anIndexIsSearchedByTheWholeKey(String repository, String statement, String table, String columns) {
        try (var app = Database.of("inventory", "app").as("a-tenant")) {
            var plan = app.plan("io.souk." + repository, statement);

            assertThat(plan.faults(table, columns.split(" ", -1))).isEmpty();
        }
    }

    /** Who inserts what another inserts at the moment waits for it, so all come in one order; a join has none of its own. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            inventory.stock.StockRepository             | OPEN   | wanted.variant_id, wanted.location_id, wanted.lot COLLATE "C"
            inventory.stock.StockRepository             | SETTLE | wanted.id
            inventory.reservation.ReservationRepository | INSERT | made.order_id
            """)
    void rowsAreInsertedInTheOrderOfTheirKey(String repository, String statement, String key) {
        try (var app = Database.of("inventory", "app").as("a-tenant")) {
            var plan = app.plan("io.souk." + repository, statement);

            assertThat(plan.orders()).contains(List.of(key.split(", ", -1)));
        }
    }
}
