"""Which words name goods, dishes and families of goods, also where they are misspelt."""
