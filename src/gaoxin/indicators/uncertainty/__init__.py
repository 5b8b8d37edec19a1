"""How sure a rank is: the evaluation repeated with other weights and other methods (不确定性)."""
