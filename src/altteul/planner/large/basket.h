/* A large basket as compiled code sees it. Arrays are 64-bit whole numbers, row after row. */

#ifndef ALTTEUL_BASKET_H
#define ALTTEUL_BASKET_H

#include <stdint.h>

typedef int64_t whole;
typedef uint8_t truth;

#define NEVER ((whole)1 << 60)

typedef struct {
    whole sellers, needs, levels, ranks, room, tabled;
    const whole *distance; /* sellers x sellers */
    const whole *stop;     /* sellers */
    const whole *step;     /* levels x needs */
    const whole *begins;   /* sellers + 1: where each seller's offers begin */
    const whole *need, *level, *quantity, *rank; /* of each offer */
    const whole *ranked;      /* needs x ranks: the distinct quantities */
    const whole *level_at;    /* sellers x needs: `levels` where nothing is offered */
    const whole *quantity_at; /* sellers x needs */
    const truth *sells;       /* sellers */
} Basket;

static inline whole least(whole a, whole b) { return a < b ? a : b; }
static inline whole most(whole a, whole b) { return a > b ? a : b; }
/* A place of a round, at most one round further on or back. */
static inline whole at(whole place, whole n) {
    return place < 0 ? place + n : place >= n ? place - n : place;
}

void shift(const Basket *b, whole *missing, whole seller, whole sign);
void fill_table(const Basket *b, const whole *missing, whole *table, int leaving);
whole worth(const Basket *b, const whole *missing, const whole *table, whole seller, int leaving);
void improve(const whole *distance, whole sellers, whole *order, whole n);

#endif
