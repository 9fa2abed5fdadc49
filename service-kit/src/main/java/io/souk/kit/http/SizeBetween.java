package io.souk.kit.http;

import io.quarkus.runtime.configuration.MemorySize;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.math.BigInteger;

/** The range of a size in a configuration, bounds included, written as there: {@code 1K}, {@code 2G}. */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = SizeBetween.Check.class)
public @interface SizeBetween {
    String min();

    String max();

    String message() default "must be between {min} and {max}";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    final class Check implements ConstraintValidator<SizeBetween, MemorySize> {
        private static final BigInteger KILO = BigInteger.valueOf(1024);

        private BigInteger min = BigInteger.ZERO;
        private BigInteger max = BigInteger.ZERO;

        @Override
        public void initialize(SizeBetween range) {
            min = bytes(range.min());
            max = bytes(range.max());
        }

        @Override
        public boolean isValid(MemorySize size, ConstraintValidatorContext context) {
            return size.asBigInteger().compareTo(min) >= 0
                    && size.asBigInteger().compareTo(max) <= 0;
        }

        private static BigInteger bytes(String size) {
            int power = 1 + "KMGT".indexOf(size.charAt(size.length() - 1));
            return new BigInteger(size.substring(0, size.length() - 1)).multiply(KILO.pow(power));
        }
    }
}
