"""What is bought, what is cooked and what stays out."""
